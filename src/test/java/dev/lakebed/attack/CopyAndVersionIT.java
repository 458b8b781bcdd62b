package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows 31 to 34: versions, retention and sources of copies have rights of their own. AWS, "Actions,
 * resources, and condition keys for Amazon S3".
 */
class CopyAndVersionIT {
  private static final String SOURCE = "x-amz-copy-source";

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private final String vault = Users.fresh("vault");

  @BeforeEach
  void createVault() throws IOException {
    Users.ok(attack.send(attack.signed(attack.message("PUT", "/" + vault))));
    attack.store("/" + vault + "/secret", "secret");
    attack.store("/" + vault + "/open/k", "open");
  }

  private Reply signed(Keys keys, Message message) throws IOException {
    return attack.send(Signing.s3(keys).sign(message));
  }

  /** MinIO CVE-2023-25812: the Deny on the bypass was not asked. */
  @Test
  void row31_CVE_2023_25812_bypass_of_governance_under_a_deny() throws IOException {
    Keys user =
        users
            .with(
                Users.document(
                    Users.statement("Allow", "s3:*", "*", ""),
                    Users.statement("Deny", "s3:BypassGovernanceRetention", "*", "")))
            .keys();
    for (String target : new String[] {"/secret", "/secret?versionId=null"}) {
      Message delete =
          attack
              .message("DELETE", "/" + vault + target)
              .header("x-amz-bypass-governance-retention", "true");
      attack.refused(signed(user, delete), 403, "AccessDenied");
    }
    String document = "<Delete><Object><Key>secret</Key></Object></Delete>";
    Message batch =
        attack
            .message("POST", "/" + vault + "?delete")
            .header("Content-MD5", Hash.md5(document))
            .header("x-amz-bypass-governance-retention", "true")
            .body(document.getBytes(UTF_8));
    Reply reply = signed(user, batch);
    assertThat(reply.status() + " " + reply.code()).isEqualTo("200 AccessDenied");
    assertThat(reply.text()).doesNotContain("<Deleted>");
    assertThat(attack.get("/" + vault + "/secret").text()).isEqualTo("secret");
    Reply plain = signed(user, attack.message("DELETE", "/" + vault + "/open/k"));
    assertThat(plain.status()).as("without the header").isEqualTo(204);
  }

  /** RustFS GHSA-3ppv: s3:GetObject opened every version. */
  @Test
  void row32_GHSA_3ppv_a_version_needs_its_own_right() throws IOException {
    Keys user =
        users
            .with(
                Users.document(
                    Users.statement("Allow", "s3:GetObject", "*", ""),
                    Users.statement("Allow", "s3:PutObject", "*", "")))
            .keys();
    String path = "/" + vault + "/secret";
    assertThat(signed(user, attack.message("GET", path)).text()).isEqualTo("secret");
    attack.refused(
        signed(user, attack.message("GET", path + "?versionId=null")), 403, "AccessDenied");
    assertThat(signed(user, attack.message("HEAD", path + "?versionId=null")).status())
        .isEqualTo(403);
    refusedCopies(user, path + "?versionId=null");
    attack.refused(
        signed(user, attack.message("DELETE", path + "?versionId=null")), 403, "AccessDenied");
  }

  /** RustFS CVE-2026-39360: a copy read what its caller could not. */
  @Test
  void row33_CVE_2026_39360_a_copy_reads_only_what_its_caller_may() throws IOException {
    Keys user = users.with(Users.policy("Allow", "s3:*", "arn:aws:s3:::attacked*")).keys();
    attack.refused(
        signed(user, attack.message("GET", "/" + vault + "/secret")), 403, "AccessDenied");
    for (String form : new String[] {"/%s/secret", "%s/secret", "%s/%%73ecret", "%s%%2Fsecret"}) {
      refusedCopies(user, form.formatted(vault));
    }
  }

  private void refusedCopies(Keys user, String source) throws IOException {
    Message copy = attack.message("PUT", "/attacked/row33").header(SOURCE, source);
    attack.refused(signed(user, copy), 403, "AccessDenied");
    attack.nothingAt("row33");
    Message start = attack.message("POST", "/attacked/row33?uploads");
    String upload = Users.ok(attack.send(attack.signed(start))).element("UploadId");
    String part = "/attacked/row33?partNumber=1&uploadId=" + upload;
    attack.refused(
        signed(user, attack.message("PUT", part).header(SOURCE, source)), 403, "AccessDenied");
    Reply parts = attack.get("/attacked/row33?uploadId=" + upload);
    assertThat(parts.status()).isEqualTo(200);
    assertThat(parts.text()).doesNotContain("<PartNumber>");
    Users.ok(
        attack.send(attack.signed(attack.message("DELETE", "/attacked/row33?uploadId=" + upload))));
  }

  /** RustFS GHSA-wfxj: the condition on the source was not evaluated. */
  @ParameterizedTest
  @CsvSource({
    "/secret,403,AccessDenied",
    "/open%2F..%2Fsecret,404,NoSuchKey",
    "/open/../secret,404,NoSuchKey",
    "/open,403,AccessDenied",
    "/%73ecret,403,AccessDenied",
    "//open/k,403,AccessDenied"
  })
  void row34_GHSA_wfxj_a_bucket_policy_names_the_sources(String key, int status, String code)
      throws IOException {
    String target = Users.fresh("target");
    Users.ok(attack.send(attack.signed(attack.message("PUT", "/" + target))));
    String condition =
        "{\"StringNotLike\":{\"s3:x-amz-copy-source\":[\"%s/open/*\",\"/%s/open/*\"]}}"
            .formatted(vault, vault);
    Users.ok(
        attack.send(
            attack.signed(
                attack.put(
                    "/" + target + "?policy",
                    Users.document(Users.forAll("Deny", "\"s3:PutObject\"", target, condition))))));
    Keys user = users.with(Users.policy("Allow", "s3:*", "*")).keys();
    Message fine =
        attack.message("PUT", "/" + target + "/fine").header(SOURCE, "/" + vault + "/open/k");
    assertThat(signed(user, fine).status()).isEqualTo(200);
    Message copy = attack.message("PUT", "/" + target + "/k").header(SOURCE, "/" + vault + key);
    attack.refused(signed(user, copy), status, code);
    assertThat(attack.get("/" + target + "/k").status()).isEqualTo(404);
    attack.refused(signed(user, attack.put("/" + target + "/k", "x")), 403, "AccessDenied");
  }
}
