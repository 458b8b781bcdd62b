package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.Registries;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets more by IAM and STS than was given. Codes of the service models of IAM and STS. */
class EscalationIT {
  private static final String[] CHANGES = {
    "CreateUser",
    "DeleteUser",
    "CreateAccessKey",
    "DeleteAccessKey",
    "CreateLoginProfile",
    "AttachUserPolicy",
    "PutUserPolicy",
    "DeleteUserPolicy",
    "DeleteUserPermissionsBoundary"
  };

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);

  /** MinIO CVE-2025-62506, RustFS GHSA-xgr5: calls of one's own account shed the session policy. */
  @Test
  @Evidence("attack-24")
  void CVE_2025_62506_a_narrowed_session_sheds_its_policy_by_no_call() throws IOException {
    Keys narrow =
        attack.session(Users.policy("Allow", "s3:GetObject", "arn:aws:s3:::attacked/row24/*"));
    attack.refused(put(narrow), 403, "AccessDenied");
    for (String action : CHANGES) {
      attack.refused(users.iam(narrow, action, valid(action)), 403, "AccessDenied");
    }
    attack.refused(
        users.sts(
            narrow,
            "AssumeRole",
            "RoleSessionName",
            "again",
            "ExternalId",
            "warehouse-7",
            "RoleArn",
            "arn:aws:iam::000000000000:role/Vended"),
        403,
        "AccessDenied");
    attack.refused(
        users.sts(narrow, "AssumeRole", "RoleSessionName", "again"), 403, "AccessDenied");
    attack.refused(users.sts(narrow, "GetSessionToken"), 403, "AccessDenied");
    attack.refused(
        users.sts(narrow, "GetFederationToken", "Name", "again", "Policy", Users.ALL),
        403,
        "AccessDenied");
    attack.nothingAt("row24/k");
  }

  @Test
  @Evidence("attack-24")
  void a_session_policy_adds_nothing_to_the_user() throws IOException {
    Users.Person reader =
        users.with(Users.policy("Allow", "s3:GetObject", "arn:aws:s3:::attacked/*"));
    Keys session =
        users.session(
            users.sts(reader.keys(), "AssumeRole", "RoleSessionName", "wide", "Policy", Users.ALL));
    attack.refused(put(session), 403, "AccessDenied");
    attack.refused(users.iam(session, "ListUsers"), 403, "AccessDenied");
    attack.nothingAt("row24/k");
  }

  private Answer put(Keys keys) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.put("/attacked/row24/k", "x")));
  }

  @Test
  @Evidence("attack-25")
  void a_session_policy_over_the_limit() throws IOException {
    String policy = Users.ALL + " ".repeat(2049 - Users.ALL.length());
    attack.refused(assume("Policy", policy), 400, "PackedPolicyTooLarge");
    users.session(assume("Policy", policy.substring(0, 2048)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"NotPrincipal\":\"*\","
            + "\"Action\":\"*\",\"Resource\":\"*\"}]}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"allow\",\"Action\":\"*\","
            + "\"Resource\":\"*\"}]}"
      })
  @Evidence("attack-25")
  void a_session_policy_that_is_none(String policy) throws IOException {
    attack.refused(assume("Policy", policy), 400, "MalformedPolicyDocument");
  }

  @Test
  @Evidence("attack-25")
  void eleven_managed_policies() throws IOException {
    attack.refused(assume(managed(11)), 400, "ValidationError");
    users.session(assume(managed(10)));
  }

  private static String[] managed(int count) {
    String[] arns = new String[2 * count];
    for (int i = 0; i < count; i++) {
      arns[2 * i] = "PolicyArns.member." + (i + 1) + ".arn";
      arns[2 * i + 1] = "arn:aws:iam::000000000000:policy/FullAccess";
    }
    return arns;
  }

  /** Each limit of the service model at the last good length and one beyond. */
  @ParameterizedTest
  @CsvSource({
    "RoleSessionName,2,64",
    "ExternalId,2,1224",
    "SourceIdentity,2,64",
    "RoleArn,20,2048",
    "SerialNumber,9,256"
  })
  @Evidence("attack-25")
  void a_text_at_its_limits(String name, int least, int most) throws IOException {
    for (int length : new int[] {least - 1, most + 1}) {
      Answer refused = users.sts(Users.OWNER, "AssumeRole", with(name, "a".repeat(length)));
      assertThat(refused.status() + " " + refused.code())
          .isIn("400 ValidationError", "501 NotImplemented");
    }
    if (name.equals("RoleSessionName")) {
      for (int length : new int[] {least, most}) {
        users.session(users.sts(Users.OWNER, "AssumeRole", with(name, "a".repeat(length))));
      }
    }
  }

  private static String[] with(String name, String value) {
    Map<String, String> all =
        new LinkedHashMap<>(
            Map.of(
                "RoleArn", "arn:aws:iam::000000000000:role/Vended",
                "RoleSessionName", "attack",
                "ExternalId", "warehouse-7"));
    all.put(name, value);
    return all.entrySet().stream()
        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
        .toArray(String[]::new);
  }

  /** A parameter in the wrong form is no missing parameter: a session without its policy. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Policy.member.1", "Policy.1", "policy", "Polcy", "Policy.", "PolicyArns"})
  @Evidence("attack-25")
  void a_policy_that_is_written_otherwise_is_not_left_out(String name) throws IOException {
    attack.refused(assume(name, Users.policy("Deny", "*", "*")), 400, "ValidationError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "899", "43201", "9999999999", "1h", ""})
  @Evidence("attack-26")
  void a_duration_that_is_not_offered(String seconds) throws IOException {
    attack.refused(assume("DurationSeconds", seconds), 400, "ValidationError");
  }

  /** AWS, "Role chaining": one hour at most, whatever the role allows. */
  @Test
  @Evidence("attack-26")
  void each_limit_to_the_second() throws IOException {
    String name = Users.fresh("r");
    String trust =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"sts:AssumeRole\"}]}";
    Users.ok(
        users.iam(
            Users.OWNER,
            "CreateRole",
            "RoleName",
            name,
            "MaxSessionDuration",
            "7200",
            "AssumeRolePolicyDocument",
            trust));
    Keys session = users.session(lasting(Users.OWNER, name, "7200"));
    attack.refused(lasting(Users.OWNER, name, "7201"), 400, "ValidationError");
    users.session(lasting(Users.OWNER, name, "900"));
    attack.refused(lasting(Users.OWNER, name, "899"), 400, "ValidationError");
    users.session(lasting(session, name, "3600"));
    attack.refused(lasting(session, name, "3601"), 400, "ValidationError");
  }

  private Answer lasting(Keys by, String role, String seconds) throws IOException {
    return users.sts(
        by,
        "AssumeRole",
        "RoleArn",
        "arn:aws:iam::000000000000:role/" + role,
        "RoleSessionName",
        "attack",
        "DurationSeconds",
        seconds);
  }

  private Answer assume(String... more) throws IOException {
    String[] parameters = new String[6 + more.length];
    String[] fixed = {
      "RoleArn", "arn:aws:iam::000000000000:role/Vended",
      "RoleSessionName", "attack",
      "ExternalId", "warehouse-7"
    };
    System.arraycopy(fixed, 0, parameters, 0, 6);
    System.arraycopy(more, 0, parameters, 6, more.length);
    return users.sts(Users.OWNER, "AssumeRole", parameters);
  }

  /** MinIO CVE-2024-24747, RustFS GHSA-5354 and mm2q: keys for others, or for the parent. */
  @Test
  @Evidence("attack-42")
  void CVE_2024_24747_keys_of_others_are_out_of_reach() throws IOException {
    Users.Person victim = users.with(Users.ALL);
    Users.Person self =
        users.with(Users.policy("Allow", "iam:*AccessKey*", "arn:aws:iam::*:user/${aws:username}"));
    for (String name : new String[] {victim.name(), "owner", "root"}) {
      attack.refused(
          users.iam(self.keys(), "CreateAccessKey", "UserName", name), 403, "AccessDenied");
      attack.refused(
          users.iam(
              self.keys(),
              "UpdateAccessKey",
              "UserName",
              name,
              "AccessKeyId",
              victim.keys().access(),
              "Status",
              "Inactive"),
          403,
          "AccessDenied");
    }
    attack.refused(
        users.iam(self.keys(), "DeleteAccessKey", "AccessKeyId", victim.keys().access()),
        404,
        "NoSuchEntity");
    Users.ok(users.sts(victim.keys(), "GetCallerIdentity"));
    Answer outsider = users.iam(Users.OUTSIDER, "CreateAccessKey", "UserName", "outsider");
    attack.refused(outsider, 403, "AccessDenied");
  }

  /** Without a signature there is no IAM, only what STS has for the unsigned. */
  @Test
  @Evidence({"attack-42", "attack-43"})
  void an_unsigned_request_opens_no_action() throws IOException {
    for (String action : Registries.names(Kind.IAM, true).toList()) {
      Message unsigned = users.form("/", "2010-05-08", action, valid(action));
      unsigned.header("Content-Length", Integer.toString(unsigned.body().length));
      attack.refused(attack.send(unsigned), 400, "InvalidAction");
    }
  }

  /** RustFS GHSA-vcwh, pfcq, f5cv, 796f: a neighbouring right opened an endpoint. */
  @Test
  @Evidence("attack-43")
  void a_right_to_look_is_no_right_to_change() throws IOException {
    Users.Person viewer =
        users.with(
            Users.document(
                Users.statement("Allow", "iam:Get*", "*", ""),
                Users.statement("Allow", "iam:List*", "*", "")));
    Users.ok(users.iam(viewer.keys(), "ListUsers"));
    for (String action : CHANGES) {
      attack.refused(users.iam(viewer.keys(), action, valid(action)), 403, "AccessDenied");
    }
  }

  /** The parameters that the action needs, naming the owner. */
  private static String[] valid(String action) {
    return switch (action) {
      case "CreateLoginProfile" -> new String[] {"UserName", "owner", "Password", "Long-enough-1"};
      case "DeleteAccessKey" ->
          new String[] {"UserName", "owner", "AccessKeyId", Users.OWNER.access()};
      case "AttachUserPolicy" ->
          new String[] {
            "UserName", "owner", "PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"
          };
      case "PutUserPolicy" ->
          new String[] {"UserName", "owner", "PolicyName", "p", "PolicyDocument", Users.ALL};
      case "DeleteUserPolicy" -> new String[] {"UserName", "owner", "PolicyName", "p"};
      default -> new String[] {"UserName", "owner"};
    };
  }
}
