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
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Versions, retention and sources of copies have rights of their own. AWS, "Actions, resources, and
 * condition keys for Amazon S3".
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

  private Answer signed(Keys keys, Message message) throws IOException {
    return attack.send(Signing.s3(keys).sign(message));
  }

  /** MinIO CVE-2023-25812: the Deny on the bypass was not asked. */
  @Test
  @Evidence("attack-31")
  void CVE_2023_25812_bypass_of_governance_under_a_deny() throws IOException {
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
    Answer reply = signed(user, batch);
    assertThat(reply.status() + " " + reply.code()).isEqualTo("200 AccessDenied");
    assertThat(reply.text()).doesNotContain("<Deleted>");
    assertThat(attack.get("/" + vault + "/secret").text()).isEqualTo("secret");
    Answer plain = signed(user, attack.message("DELETE", "/" + vault + "/open/k"));
    assertThat(plain.status()).as("without the header").isEqualTo(204);
  }

  /** RustFS GHSA-3ppv: s3:GetObject opened every version. */
  @Test
  @Evidence("attack-32")
  void GHSA_3ppv_a_version_needs_its_own_right() throws IOException {
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
  @Evidence("attack-33")
  void CVE_2026_39360_a_copy_reads_only_what_its_caller_may() throws IOException {
    Keys user = users.with(Users.policy("Allow", "s3:*", "arn:aws:s3:::attacked*")).keys();
    attack.refused(
        signed(user, attack.message("GET", "/" + vault + "/secret")), 403, "AccessDenied");
    for (String form : new String[] {"/%s/secret", "%s/secret", "%s/%%73ecret", "%s%%2Fsecret"}) {
      refusedCopies(user, form.formatted(vault));
    }
  }

  /** Nothing but the policy of the source's bucket says no. */
  @Test
  @Evidence("attack-33")
  void a_copy_is_refused_by_the_policy_of_its_source() throws IOException {
    Keys user = users.with(Users.ALL).keys();
    String source = "/" + vault + "/secret";
    copied(user, source);
    Users.ok(
        attack.send(
            attack.signed(
                attack.put(
                    "/" + vault + "?policy",
                    Users.document(Users.forAll("Deny", "\"s3:GetObject\"", vault, ""))))));
    refusedCopies(user, source);
    Users.ok(attack.send(attack.signed(attack.message("DELETE", "/" + vault + "?policy"))));
    copied(user, source);
  }

  /** AWS, "Cross-account policy evaluation": the owner of the source must allow it too. */
  @Test
  @Evidence("attack-33")
  void a_copy_from_the_bucket_of_another_account() throws IOException {
    Users.Person user = users.with(Users.ALL);
    String foreign = Users.fresh("foreign");
    Users.ok(signed(Users.NEIGHBOUR, attack.message("PUT", "/" + foreign)));
    Users.ok(signed(Users.NEIGHBOUR, attack.put("/" + foreign + "/secret", "foreign")));
    refusedCopies(user.keys(), "/" + foreign + "/secret");
    String principal = "{\"AWS\":\"arn:aws:iam::" + Users.ACCOUNT + ":user/" + user.name() + "\"}";
    String policy =
        Users.document(
            Users.forAll("Allow", "\"s3:GetObject\"", foreign, "")
                .replace("\"Principal\":\"*\"", "\"Principal\":" + principal));
    Users.ok(signed(Users.NEIGHBOUR, attack.put("/" + foreign + "?policy", policy)));
    copied(user.keys(), "/" + foreign + "/secret");
    refusedCopies(Users.OWNER, "/" + foreign + "/secret");
  }

  private void copied(Keys user, String source) throws IOException {
    Message copy = attack.message("PUT", "/" + vault + "/copied").header(SOURCE, source);
    Answer reply = signed(user, copy);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
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
    Answer parts = attack.get("/attacked/row33?uploadId=" + upload);
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
  @Evidence("attack-34")
  void GHSA_wfxj_a_bucket_policy_names_the_sources(String key, int status, String code)
      throws IOException {
    String target = target();
    onlyFromOpen(target);
    Keys user = users.with(Users.policy("Allow", "s3:*", "*")).keys();
    Message fine =
        attack.message("PUT", "/" + target + "/fine").header(SOURCE, "/" + vault + "/open/k");
    assertThat(signed(user, fine).status()).isEqualTo(200);
    Message copy = attack.message("PUT", "/" + target + "/k").header(SOURCE, "/" + vault + key);
    attack.refused(signed(user, copy), status, code);
    assertThat(attack.get("/" + target + "/k").status()).isEqualTo(404);
    attack.refused(signed(user, attack.put("/" + target + "/k", "x")), 403, "AccessDenied");
  }

  private String target() throws IOException {
    String target = Users.fresh("target");
    Users.ok(attack.send(attack.signed(attack.message("PUT", "/" + target))));
    return target;
  }

  private void onlyFromOpen(String target) throws IOException {
    String condition =
        "{\"StringNotLike\":{\"s3:x-amz-copy-source\":[\"%s/open/*\",\"/%s/open/*\"]}}"
            .formatted(vault, vault);
    Users.ok(
        attack.send(
            attack.signed(
                attack.put(
                    "/" + target + "?policy",
                    Users.document(Users.forAll("Deny", "\"s3:PutObject\"", target, condition))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/secret", "/%73ecret", "/open", "//open/k", "/secret?versionId=null"})
  @Evidence("attack-34")
  void GHSA_wfxj_a_bucket_policy_names_the_sources_of_parts(String key) throws IOException {
    String target = target();
    Keys user = users.with(Users.ALL).keys();
    String upload =
        Users.ok(signed(user, attack.message("POST", "/" + target + "/k?uploads")))
            .element("UploadId");
    onlyFromOpen(target);
    String path = "/" + target + "/k?uploadId=" + upload;
    Message part = attack.message("PUT", path + "&partNumber=1");
    attack.refused(signed(user, part.header(SOURCE, "/" + vault + key)), 403, "AccessDenied");
    attack.refused(signed(user, attack.put(path + "&partNumber=2", "x")), 403, "AccessDenied");
    Message fine = attack.message("PUT", path + "&partNumber=3");
    Users.ok(signed(user, fine.header(SOURCE, "/" + vault + "/open/k")));
    assertThat(attack.get(path).text())
        .contains("<PartNumber>3</PartNumber>")
        .doesNotContain("<PartNumber>1</PartNumber>", "<PartNumber>2</PartNumber>");
  }

  /** The sender signs the fields of a form himself, so a source among them must not count. */
  @Test
  @Evidence("attack-34")
  void a_form_does_not_pass_for_a_copy() throws IOException {
    String target = target();
    Keys user = users.with(Users.ALL).keys();
    String source = "/" + vault + "/open/k";
    String conditions =
        "{\"bucket\":\"%s\"},{\"key\":\"k\"},{\"%s\":\"%s\"},".formatted(target, SOURCE, source);
    Map<String, String> form =
        BrowserForm.signed(user, "k", conditions, Instant.now().plusSeconds(300));
    form.put(SOURCE, source);
    Message upload = BrowserForm.message(attack, target, form, "evil");
    assertThat(attack.send(upload).status()).as("without the policy").isEqualTo(204);
    Users.ok(signed(user, attack.message("DELETE", "/" + target + "/k")));
    onlyFromOpen(target);
    attack.refused(attack.send(upload), 403, "AccessDenied");
    assertThat(attack.get("/" + target + "/k").status()).isEqualTo(404);
  }
}
