package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A Deny counts wherever it stands, a restricted bucket is open to nobody, and policies end with
 * their bucket. AWS, "Policy evaluation logic" and "Blocking public access".
 */
class PolicyLayerIT {
  private static final String DENY = Users.policy("Deny", "s3:PutObject", "*");

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private final String bucket = Users.fresh("layer");

  @BeforeEach
  void createBucket() throws IOException {
    Users.ok(attack.send(attack.signed(attack.message("PUT", "/" + bucket))));
    attack.store("/" + bucket + "/k", "x");
  }

  private Answer put(Keys keys) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.put("/" + bucket + "/row30", "x")));
  }

  private void refusedEverywhere(Keys keys) throws IOException {
    Answer read = attack.send(Signing.s3(keys).sign(attack.message("GET", "/" + bucket + "/k")));
    assertThat(read.text()).as("what is not denied").isEqualTo("x");
    attack.refused(put(keys), 403, "AccessDenied");
    attack.refused(attack.get("/" + bucket + "/row30"), 404, "NoSuchKey");
  }

  @Test
  @Evidence("attack-30")
  void a_deny_of_the_user() throws IOException {
    Users.Person user = users.with(Users.ALL);
    Users.ok(
        users.iam(
            Users.OWNER,
            "PutUserPolicy",
            "UserName",
            user.name(),
            "PolicyName",
            "deny",
            "PolicyDocument",
            DENY));
    refusedEverywhere(user.keys());
  }

  @Test
  @Evidence("attack-30")
  void a_deny_of_a_group() throws IOException {
    Users.Person user = users.with(Users.ALL);
    String group = Users.fresh("g");
    Users.ok(users.iam(Users.OWNER, "CreateGroup", "GroupName", group));
    Users.ok(
        users.iam(
            Users.OWNER,
            "PutGroupPolicy",
            "GroupName",
            group,
            "PolicyName",
            "deny",
            "PolicyDocument",
            DENY));
    Users.ok(users.iam(Users.OWNER, "AddUserToGroup", "GroupName", group, "UserName", user.name()));
    refusedEverywhere(user.keys());
  }

  @Test
  @Evidence("attack-30")
  void a_deny_of_the_boundary() throws IOException {
    Users.Person user = users.with(Users.ALL);
    String boundary =
        Users.ok(
                users.iam(
                    Users.OWNER,
                    "CreatePolicy",
                    "PolicyName",
                    Users.fresh("p"),
                    "PolicyDocument",
                    Users.document(
                        Users.statement("Allow", "*", "*", ""),
                        Users.statement("Deny", "s3:PutObject", "*", ""))))
            .element("Arn");
    Users.ok(
        users.iam(
            Users.OWNER,
            "PutUserPermissionsBoundary",
            "UserName",
            user.name(),
            "PermissionsBoundary",
            boundary));
    refusedEverywhere(user.keys());
  }

  @Test
  @Evidence("attack-30")
  void a_deny_of_the_session() throws IOException {
    Users.Person user = users.with(Users.ALL);
    String policy =
        Users.document(
            Users.statement("Allow", "*", "*", ""),
            Users.statement("Deny", "s3:PutObject", "*", ""));
    refusedEverywhere(
        users.session(
            users.sts(user.keys(), "AssumeRole", "RoleSessionName", "narrow", "Policy", policy)));
    refusedEverywhere(
        users.session(
            users.sts(user.keys(), "GetFederationToken", "Name", "narrow", "Policy", policy)));
  }

  @Test
  @Evidence("attack-30")
  void a_deny_of_the_bucket() throws IOException {
    bucketPolicy(Users.forAll("Deny", "\"s3:PutObject\"", bucket, ""));
    refusedEverywhere(users.with(Users.ALL).keys());
    refusedEverywhere(attack.session(""));
    refusedEverywhere(Users.OWNER);
  }

  private void bucketPolicy(String statement) throws IOException {
    Users.ok(
        attack.send(
            attack.signed(attack.put("/" + bucket + "?policy", Users.document(statement)))));
  }

  /** RustFS GHSA-x298: RestrictPublicBuckets was asked for GET of objects only. */
  @ParameterizedTest
  @CsvSource({
    "GET,/k",
    "HEAD,/k",
    "GET,''",
    "HEAD,''",
    "GET,?list-type=2",
    "GET,?versions",
    "GET,?location",
    "GET,?uploads"
  })
  @Evidence("attack-41")
  void a_restricted_bucket_answers_nobody(String method, String target) throws IOException {
    bucketPolicy(
        Users.forAll(
            "Allow",
            "[\"s3:GetObject\",\"s3:ListBucket\",\"s3:ListBucketVersions\","
                + "\"s3:GetBucketLocation\",\"s3:ListBucketMultipartUploads\"]",
            bucket,
            ""));
    Message anonymous = attack.message(method, "/" + bucket + target);
    assertThat(attack.send(anonymous).status()).as("public").isEqualTo(200);
    Users.ok(
        attack.send(
            attack.signed(
                attack.put(
                    "/" + bucket + "?publicAccessBlock",
                    "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true"
                        + "</RestrictPublicBuckets></PublicAccessBlockConfiguration>"))));
    Answer restricted = attack.send(anonymous);
    assertThat(restricted.status()).isEqualTo(403);
    if (method.equals("GET")) {
      attack.refused(restricted, 403, "AccessDenied");
    }
  }

  @Test
  @Evidence("attack-76")
  void nothing_of_a_bucket_survives_in_another_of_its_name() throws IOException {
    Users.Person guest = users.with(Users.policy("Allow", "s3:GetObject", "arn:aws:s3:::none/*"));
    String principal = "\"AWS\":\"arn:aws:iam::000000000000:user/" + guest.name() + "\"";
    bucketPolicy(
        Users.forAll("Allow", "\"s3:*\"", bucket, "")
            .replace("\"Principal\":\"*\"", "\"Principal\":{" + principal + "}"));
    Message presigned =
        Signing.s3(guest.keys()).presign(attack.message("GET", "/" + bucket + "/k"), "600");
    assertThat(attack.send(presigned).text()).isEqualTo("x");
    String upload = uploadId(guest.keys());
    Users.ok(attack.send(attack.signed(attack.message("DELETE", "/" + bucket + "/k"))));
    String abort = "/" + bucket + "/up?uploadId=" + upload;
    Users.ok(attack.send(attack.signed(attack.message("DELETE", "/" + bucket))));
    createBucket();
    attack.refused(attack.send(presigned), 403, "AccessDenied");
    attack.refused(attack.get("/" + bucket + "?policy"), 404, "NoSuchBucketPolicy");
    attack.refused(attack.get(abort), 404, "NoSuchUpload");
    Answer part = attack.send(attack.signed(attack.put(abort + "&partNumber=1", "x")));
    attack.refused(part, 404, "NoSuchUpload");
  }

  /** A bucket of another account has the name now: no key, link or session of before opens it. */
  @Test
  @Evidence("attack-76")
  void another_account_gets_a_bucket_without_a_past() throws IOException {
    String path = "/" + bucket;
    String account = "\"AWS\":\"arn:aws:iam::" + Users.ACCOUNT + ":root\"";
    bucketPolicy(
        Users.forAll("Allow", "\"s3:*\"", bucket, "")
            .replace("\"Principal\":\"*\"", "\"Principal\":{" + account + "}"));
    Users.ok(
        attack.send(
            attack.signed(
                attack.put(
                    path + "?publicAccessBlock",
                    "<PublicAccessBlockConfiguration><BlockPublicPolicy>true"
                        + "</BlockPublicPolicy></PublicAccessBlockConfiguration>"))));
    String tags = "<Tagging><TagSet><Tag><Key>team</Key><Value>a</Value></Tag></TagSet></Tagging>";
    Users.ok(
        attack.send(
            attack.signed(
                attack.put(path + "?tagging", tags).header("Content-MD5", Hash.md5(tags)))));
    Keys old = attack.session("");
    Keys federated =
        users.session(
            users.sts(Users.OWNER, "GetFederationToken", "Name", "old", "Policy", Users.ALL));
    List<Message> reads =
        List.of(
            presigned(Users.OWNER, "GET"),
            presigned(old, "GET"),
            presigned(federated, "GET"),
            Signing.s3(old).sign(attack.message("GET", path + "/k")),
            Signing.s3(federated).sign(attack.message("GET", path + "/k")));
    for (Message read : reads) {
      assertThat(attack.send(read).text()).as("before").isEqualTo("x");
    }
    Users.ok(attack.send(attack.signed(attack.message("DELETE", path + "/k"))));
    Users.ok(attack.send(attack.signed(attack.message("DELETE", path))));
    Users.ok(byNeighbour(attack.message("PUT", path)));
    Users.ok(byNeighbour(attack.put(path + "/k", "theirs")));

    for (Message read : reads) {
      attack.refused(attack.send(read), 403, "AccessDenied");
    }
    for (Message change :
        List.of(
            presigned(Users.OWNER, "DELETE"),
            presigned(old, "DELETE"),
            Signing.s3(old).sign(attack.put(path + "/k", "mine")),
            Signing.s3(federated).sign(attack.put(path + "/k", "mine")),
            attack.signed(attack.message("DELETE", path)),
            attack.signed(attack.message("GET", path + "?tagging")),
            attack.signed(attack.message("GET", path + "?policy")))) {
      attack.refused(attack.send(change), 403, "AccessDenied");
    }
    attack.refused(seen("?policy"), 404, "NoSuchBucketPolicy");
    attack.refused(seen("?publicAccessBlock"), 404, "NoSuchPublicAccessBlockConfiguration");
    attack.refused(seen("?tagging"), 404, "NoSuchTagSet");
    assertThat(seen("/k").text()).isEqualTo("theirs");
  }

  private Message presigned(Keys keys, String method) {
    return Signing.s3(keys).presign(attack.message(method, "/" + bucket + "/k"), "600");
  }

  private Answer byNeighbour(Message message) throws IOException {
    return attack.send(Signing.s3(Users.NEIGHBOUR).sign(message));
  }

  private Answer seen(String target) throws IOException {
    return byNeighbour(attack.message("GET", "/" + bucket + target));
  }

  private String uploadId(Keys keys) throws IOException {
    Message start = attack.message("POST", "/" + bucket + "/up?uploads").body("".getBytes(UTF_8));
    return Users.ok(attack.send(Signing.s3(keys).sign(start))).element("UploadId");
  }
}
