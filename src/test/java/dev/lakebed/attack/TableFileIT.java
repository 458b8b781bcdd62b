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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of a managed table are reached by the rights on the table or by S3 policies on its
 * location. AWS, "Access management for S3 Tables".
 */
class TableFileIT {
  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private TableBucket bucket;

  @BeforeEach
  void createTables() throws IOException {
    bucket = TableBucket.create(attack);
  }

  private Answer put(Keys keys, String key) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.put("/" + bucket.name() + key, "x")));
  }

  private void nothingAt(String key) throws IOException {
    attack.refused(attack.get("/" + bucket.name() + key), 404, "NoSuchKey");
  }

  /** Whoever has rights on one table has none on another. */
  @Test
  @Evidence("attack-49")
  void a_session_for_one_table_writes_no_other() throws IOException {
    String ofU = "arn:aws:s3:::" + bucket.name() + "/ns/u/*";
    Keys byS3 = attack.session(Users.policy("Allow", "s3:*", ofU));
    Keys byTable = attack.session(Users.policy("Allow", "s3tables:*", bucket.arnOfU()));
    for (Keys session : new Keys[] {byS3, byTable}) {
      assertThat(put(session, "/ns/u/data/a").status()).isEqualTo(200);
      for (String key : new String[] {"/ns/t/data/a", "/ns/ux/a", "/ns/u", "/ns/u%2F../t/a/../b"}) {
        Answer reply = put(session, key);
        if (key.startsWith("/ns/u%2F")) {
          assertThat(reply.status()).as("one key below u, taken letter by letter").isEqualTo(200);
        } else {
          attack.refused(reply, 403, "AccessDenied");
          nothingAt(key);
        }
      }
    }
  }

  /** A caller without rights to write into t, and the path of an object that it may read. */
  private record Intruder(String name, Keys keys, String readable) {}

  private List<Intruder> intruders() throws IOException {
    attack.store("/attacked/row49", "mine");
    attack.store("/" + bucket.name() + "/ns/t/data/read", "mine");
    return List.of(
        new Intruder(
            "rights on other buckets",
            users.with(Users.policy("Allow", "s3:*", "arn:aws:s3:::attacked*")).keys(),
            "/attacked/row49"),
        new Intruder(
            "a reader of the table",
            users.with(Users.policy("Allow", "s3tables:GetTableData", bucket.arnOfT())).keys(),
            "/" + bucket.name() + "/ns/t/data/read"),
        new Intruder(
            "everything but a right on the table",
            users
                .with(
                    Users.document(
                        Users.statement("Allow", "s3:*", "*", ""),
                        Users.statement("Deny", "s3tables:PutTableData", bucket.arnOfT(), "")))
                .keys(),
            "/attacked/row49"));
  }

  @Test
  @Evidence("attack-49")
  void without_rights_on_the_table_its_files_stay() throws IOException {
    String path = "/" + bucket.name() + "/ns/t/metadata/a.json";
    attack.store(path, "{}");
    for (Intruder intruder : intruders()) {
      Keys keys = intruder.keys();
      refused(intruder, attack.put(path, "x"));
      refused(intruder, attack.message("DELETE", path));
      refused(intruder, attack.message("DELETE", path + "?versionId=null"));
      refused(intruder, attack.message("POST", path + "?uploads"));
      assertThat(send(keys, attack.message("GET", intruder.readable())).text()).isEqualTo("mine");
      refused(
          intruder, attack.message("PUT", path).header("x-amz-copy-source", intruder.readable()));
      for (String version : new String[] {"", "<VersionId>null</VersionId>"}) {
        String list =
            "<Delete><Object><Key>ns/t/metadata/a.json</Key>" + version + "</Object></Delete>";
        Message batch =
            attack
                .message("POST", "/" + bucket.name() + "?delete")
                .header("Content-MD5", Hash.md5(list))
                .body(list.getBytes(UTF_8));
        Answer deleted = send(keys, batch);
        assertThat(deleted.status() + " " + deleted.code()).isEqualTo("200 AccessDenied");
        assertThat(deleted.text()).doesNotContain("<Deleted>");
      }
      assertThat(attack.get(path).text()).as(intruder.name()).isEqualTo("{}");
    }
  }

  @Test
  @Evidence("attack-49")
  void a_deny_on_one_table_leaves_what_is_beside_it() throws IOException {
    Keys barred = intruders().get(2).keys();
    assertThat(put(barred, "/ns/u/data/a").status()).as("another table").isEqualTo(200);
    assertThat(put(barred, "/warehouse/a").status()).as("ordinary traffic").isEqualTo(200);
  }

  /** Whoever knows the id of an upload that its owner began can neither add to it nor end it. */
  @Test
  @Evidence("attack-49")
  void an_upload_that_the_owner_began_is_nobody_elses() throws IOException {
    String path = "/" + bucket.name() + "/ns/t/data/up";
    Message start = attack.message("POST", path + "?uploads");
    String upload = Users.ok(send(Users.OWNER, start)).element("UploadId");
    String part = path + "?uploadId=" + upload + "&partNumber=";
    Answer first = Users.ok(send(Users.OWNER, attack.put(part + "1", "owner")));
    String complete =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                .formatted(first.header("etag"))
            + "</CompleteMultipartUpload>";
    Message end =
        attack.message("POST", path + "?uploadId=" + upload).body(complete.getBytes(UTF_8));
    for (Intruder intruder : intruders()) {
      refused(intruder, attack.put(part + "1", "intruder"));
      refused(intruder, attack.put(part + "2", "intruder"));
      refused(
          intruder,
          attack.message("PUT", part + "2").header("x-amz-copy-source", intruder.readable()));
      refused(intruder, end.as("POST", end.target()));
      refused(intruder, attack.message("DELETE", path + "?uploadId=" + upload));
      nothingAt("/ns/t/data/up");
      Answer parts = attack.get(path + "?uploadId=" + upload);
      assertThat(parts.status()).as(parts.text()).isEqualTo(200);
      assertThat(parts.text())
          .contains("<PartNumber>1</PartNumber>", first.header("etag").replace("\"", ""))
          .doesNotContain("<PartNumber>2</PartNumber>");
    }
    Users.ok(send(Users.OWNER, end));
    assertThat(attack.get(path).text()).isEqualTo("owner");
  }

  @Test
  @Evidence("attack-49")
  void a_browser_form_into_a_table() throws IOException {
    String key = "ns/t/data/form";
    for (Intruder intruder : intruders()) {
      attack.refused(form(intruder.keys(), key), 403, "AccessDenied");
      nothingAt("/" + key);
    }
    assertThat(form(Users.OWNER, key).status()).as("the same form of the owner").isEqualTo(204);
    assertThat(attack.get("/" + bucket.name() + "/" + key).text()).isEqualTo("x");
  }

  private Answer form(Keys keys, String key) throws IOException {
    String conditions = "{\"bucket\":\"%s\"},{\"key\":\"%s\"},".formatted(bucket.name(), key);
    Instant end = Instant.now().plus(Duration.ofMinutes(5));
    return attack.send(
        BrowserForm.message(
            attack, bucket.name(), BrowserForm.signed(keys, key, conditions, end), "x"));
  }

  /**
   * Lifecycle rules are not built, for no bucket and nobody, so none can end a table's files. A
   * rule that is refused must not be kept either.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Evidence("attack-49")
  void no_bucket_takes_a_rule_that_ends_files(boolean ofTables) throws IOException {
    String path = ofTables ? "/" + bucket.name() : "/attacked";
    attack.store(path + "/ns/t/data/old", "x");
    Message rule =
        attack.put(
            path + "?lifecycle",
            "<LifecycleConfiguration><Rule><ID>all</ID><Filter><Prefix></Prefix></Filter>"
                + "<Status>Enabled</Status><Expiration><Date>2020-01-01T00:00:00Z</Date>"
                + "</Expiration></Rule></LifecycleConfiguration>");
    attack.refused(send(Users.OWNER, rule), 501, "NotImplemented");
    attack.refused(attack.get(path + "?lifecycle"), 404, "NoSuchLifecycleConfiguration");
    assertThat(attack.get(path + "/ns/t/data/old").text()).isEqualTo("x");
  }

  private void refused(Intruder intruder, Message message) throws IOException {
    Answer reply = send(intruder.keys(), message);
    assertThat(reply.status() + " " + reply.code())
        .as("%s: %s %s", intruder.name(), message.method(), message.target())
        .isEqualTo("403 AccessDenied");
  }

  private Answer send(Keys keys, Message message) throws IOException {
    return attack.send(Signing.s3(keys).sign(message));
  }
}
