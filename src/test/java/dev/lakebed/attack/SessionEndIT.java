package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Credentials end when they end, whatever was begun with them, and the audit trail names who stands
 * behind them (docs/operations.md).
 */
class SessionEndIT {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":[\"sts:AssumeRole\",\"sts:SetSourceIdentity\"]}]}";

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);

  private Answer send(Keys keys, Message message) throws IOException {
    return attack.send(Signing.s3(keys).sign(message));
  }

  private String begin(Keys keys, String key) throws IOException {
    Answer reply = Users.ok(send(keys, attack.message("POST", "/attacked/" + key + "?uploads")));
    String id = reply.element("UploadId");
    Users.ok(send(keys, attack.put("/attacked/" + key + "?partNumber=1&uploadId=" + id, "x")));
    return "/attacked/" + key + "?uploadId=" + id;
  }

  private void endedUpload(Keys keys, String upload, int status, String code) throws IOException {
    attack.refused(send(keys, attack.put(upload + "&partNumber=2", "x")), status, code);
    String list =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>"
            + "<ETag>\"9dd4e461268c8034f5c8564e155c67a6\"</ETag></Part></CompleteMultipartUpload>";
    attack.refused(send(keys, attack.put(upload, list).as("POST", upload)), status, code);
    attack.refused(send(keys, attack.message("DELETE", upload)), status, code);
    attack.refused(send(keys, attack.message("GET", upload)), status, code);
    Answer parts = attack.get(upload);
    assertThat(parts.text()).contains("<PartNumber>1<").doesNotContain("<PartNumber>2<");
  }

  @Test
  @Evidence("attack-26")
  void a_session_that_ends_during_its_upload() throws IOException {
    String roleId =
        users
            .sts(
                Users.OWNER,
                "AssumeRole",
                "RoleArn",
                "arn:aws:iam::000000000000:role/Vended",
                "RoleSessionName",
                "attack",
                "ExternalId",
                "warehouse-7")
            .element("AssumedRoleId");
    Instant end = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
    Keys session = ShortSession.endingAt(end, roleId.substring(0, roleId.indexOf(':')));
    attack.target().keepSecret(session.secret());
    String upload = begin(session, "row26");
    while (send(session, attack.message("GET", upload)).status() == 200) {
      assertThat(Instant.now()).as("still served").isBefore(end.plusSeconds(30));
    }
    assertThat(Instant.now()).isAfterOrEqualTo(end);
    endedUpload(session, upload, 400, "ExpiredToken");
    attack.nothingAt("row26");
  }

  @Test
  @Evidence("attack-80")
  void an_inactive_key_ends_sessions_children_and_uploads() throws IOException {
    Users.Person person = users.with(Users.ALL);
    String role = role();
    Keys first = assume(person.keys(), role);
    Keys child = assume(first, role);
    String upload = begin(child, "row80");
    Users.ok(
        users.iam(
            Users.OWNER,
            "UpdateAccessKey",
            "UserName",
            person.name(),
            "AccessKeyId",
            person.keys().access(),
            "Status",
            "Inactive"));
    for (Keys keys : new Keys[] {person.keys(), first, child}) {
      endedUpload(keys, upload, 403, "InvalidAccessKeyId");
      attack.refused(users.sts(keys, "GetCallerIdentity"), 403, "InvalidClientTokenId");
      attack.refused(users.iam(keys, "ListUsers"), 403, "InvalidClientTokenId");
    }
    attack.nothingAt("row80");
  }

  @Test
  @Evidence("attack-80")
  void a_deleted_user_ends_sessions_children_and_uploads() throws IOException {
    Users.Person person = users.with(Users.ALL);
    Keys child = assume(assume(person.keys(), role()), role());
    String upload = begin(child, "row80d");
    Users.ok(
        users.iam(
            Users.OWNER,
            "DeleteAccessKey",
            "UserName",
            person.name(),
            "AccessKeyId",
            person.keys().access()));
    Users.ok(
        users.iam(Users.OWNER, "DeleteUserPolicy", "UserName", person.name(), "PolicyName", "p"));
    Users.ok(users.iam(Users.OWNER, "DeleteUser", "UserName", person.name()));
    endedUpload(child, upload, 403, "InvalidAccessKeyId");
    attack.refused(
        send(person.keys(), attack.message("GET", "/attacked/row80d")), 403, "InvalidAccessKeyId");
    attack.nothingAt("row80d");
  }

  @Test
  @Evidence("attack-80")
  void a_role_made_anew_revives_no_session_behind_it() throws IOException {
    Users.Person person = users.with(Users.ALL);
    String name = Users.fresh("r");
    String role = role(name);
    Keys child = assume(assume(person.keys(), role), role());
    assertThat(send(child, attack.put("/attacked/row80r", "x")).status()).isEqualTo(200);
    Users.ok(users.iam(Users.OWNER, "DeleteRolePolicy", "RoleName", name, "PolicyName", "p"));
    Users.ok(users.iam(Users.OWNER, "DeleteRole", "RoleName", name));
    attack.refused(send(child, attack.put("/attacked/row80r", "y")), 403, "InvalidAccessKeyId");
    role(name);
    attack.refused(send(child, attack.put("/attacked/row80r", "y")), 403, "InvalidAccessKeyId");
    assertThat(attack.get("/attacked/row80r").text()).isEqualTo("x");
  }

  private String role() throws IOException {
    return role(Users.fresh("r"));
  }

  private String role(String name) throws IOException {
    Answer role =
        users.iam(Users.OWNER, "CreateRole", "RoleName", name, "AssumeRolePolicyDocument", TRUST);
    Users.ok(role);
    Users.ok(
        users.iam(
            Users.OWNER,
            "PutRolePolicy",
            "RoleName",
            name,
            "PolicyName",
            "p",
            "PolicyDocument",
            Users.ALL));
    return role.element("Arn");
  }

  private Keys assume(Keys by, String role) throws IOException {
    return users.session(users.sts(by, "AssumeRole", "RoleArn", role, "RoleSessionName", "attack"));
  }

  /** SeaweedFS #11264: the trail named the role and not the human. */
  @Test
  @Evidence("attack-79")
  void the_audit_trail_names_who_stands_behind_a_session() throws IOException {
    Users.Person person = users.with(Users.ALL);
    Keys session =
        users.session(
            users.sts(
                person.keys(),
                "AssumeRole",
                "RoleArn",
                role(),
                "RoleSessionName",
                "night-job",
                "SourceIdentity",
                "alice"));
    Keys child = assume(session, role());
    Answer allowed = Users.ok(send(child, attack.put("/attacked/row79", "x")));
    assertThat(audited(allowed))
        .contains("\"decision\":\"allowed\"", "\"sourceIdentity\":\"alice\"")
        .contains(person.keys().access(), session.access(), child.access());
    Answer anonymous = attack.send(attack.message("GET", "/attacked/row79"));
    attack.refused(anonymous, 403, "AccessDenied");
    assertThat(audited(anonymous)).contains("\"type\":\"Anonymous\"", "\"decision\":\"denied\"");
    Answer denied = send(Users.OUTSIDER, attack.message("GET", "/attacked/row79"));
    attack.refused(denied, 403, "AccessDenied");
    assertThat(audited(denied))
        .contains("user/outsider", "\"action\":\"s3:GetObject\"", "\"status\":403");
    String trail = Files.readString(trail());
    for (Keys keys : new Keys[] {person.keys(), session, child, Users.OWNER}) {
      assertThat(trail.contains(keys.secret())).isFalse();
      assertThat(keys.token().filter(trail::contains)).isEmpty();
    }
  }

  private Path trail() {
    return attack.target().data().resolve("audit/audit.jsonl");
  }

  /** The line is written by another thread after the answer. */
  private String audited(Answer reply) throws IOException {
    String id = reply.header("x-amz-request-id");
    Instant limit = Instant.now().plusSeconds(60);
    while (true) {
      Optional<String> line =
          Files.readAllLines(trail()).stream().filter(text -> text.contains(id)).findFirst();
      if (line.isPresent()) {
        return line.get();
      }
      assertThat(Instant.now()).as("no line with " + id).isBefore(limit);
      Thread.onSpinWait();
    }
  }
}
