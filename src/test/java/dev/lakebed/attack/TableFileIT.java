package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Row 49: the files of a managed table are reached by the rights on the table or by S3 policies on
 * its location. AWS, "Access management for S3 Tables".
 */
class TableFileIT {
  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private TableBucket bucket;

  @BeforeEach
  void createTables() throws IOException {
    bucket = TableBucket.create(attack);
  }

  private Reply put(Keys keys, String key) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.put("/" + bucket.name() + key, "x")));
  }

  private void nothingAt(String key) throws IOException {
    attack.refused(attack.get("/" + bucket.name() + key), 404, "NoSuchKey");
  }

  /** RustFS "reserved catalog", design D8: whoever has rights on one table has none on another. */
  @Test
  void row49_a_session_for_one_table_writes_no_other() throws IOException {
    String ofU = "arn:aws:s3:::" + bucket.name() + "/ns/u/*";
    Keys byS3 = attack.session(Users.policy("Allow", "s3:*", ofU));
    Keys byTable = attack.session(Users.policy("Allow", "s3tables:*", bucket.arnOfU()));
    for (Keys session : new Keys[] {byS3, byTable}) {
      assertThat(put(session, "/ns/u/data/a").status()).isEqualTo(200);
      for (String key : new String[] {"/ns/t/data/a", "/ns/ux/a", "/ns/u", "/ns/u%2F../t/a/../b"}) {
        Reply reply = put(session, key);
        if (key.startsWith("/ns/u%2F")) {
          assertThat(reply.status()).as("one key below u, taken letter by letter").isEqualTo(200);
        } else {
          attack.refused(reply, 403, "AccessDenied");
          nothingAt(key);
        }
      }
    }
  }

  @Test
  void row49_without_rights_on_the_table_its_files_stay() throws IOException {
    attack.store("/" + bucket.name() + "/ns/t/metadata/a.json", "{}");
    Keys elsewhere = users.with(Users.policy("Allow", "s3:*", "arn:aws:s3:::attacked*")).keys();
    Keys reader =
        users.with(Users.policy("Allow", "s3tables:GetTableData", bucket.arnOfT())).keys();
    Keys barred =
        users
            .with(
                Users.document(
                    Users.statement("Allow", "s3:*", "*", ""),
                    Users.statement("Deny", "s3tables:PutTableData", bucket.arnOfT(), "")))
            .keys();
    for (Keys keys : new Keys[] {elsewhere, reader, barred}) {
      String path = "/" + bucket.name() + "/ns/t/metadata/a.json";
      attack.refused(put(keys, "/ns/t/metadata/a.json"), 403, "AccessDenied");
      attack.refused(send(keys, attack.message("DELETE", path)), 403, "AccessDenied");
      attack.refused(send(keys, attack.message("POST", path + "?uploads")), 403, "AccessDenied");
      Message copy = attack.message("PUT", path).header("x-amz-copy-source", "/attacked/none");
      attack.refused(send(keys, copy), 403, "AccessDenied");
      String list = "<Delete><Object><Key>ns/t/metadata/a.json</Key></Object></Delete>";
      Message batch =
          attack
              .message("POST", "/" + bucket.name() + "?delete")
              .header("Content-MD5", Hash.md5(list))
              .body(list.getBytes(UTF_8));
      Reply deleted = send(keys, batch);
      assertThat(deleted.status() + " " + deleted.code()).isEqualTo("200 AccessDenied");
      assertThat(attack.get(path).text()).isEqualTo("{}");
    }
    assertThat(put(barred, "/ns/u/data/a").status()).as("another table").isEqualTo(200);
    assertThat(put(barred, "/warehouse/a").status()).as("ordinary traffic").isEqualTo(200);
  }

  @Test
  void row49_a_lifecycle_rule_on_a_table_bucket() throws IOException {
    Message rule =
        attack.put(
            "/" + bucket.name() + "?lifecycle",
            "<LifecycleConfiguration></LifecycleConfiguration>");
    attack.refused(send(Keys.OWNER, rule), 501, "NotImplemented");
  }

  private Reply send(Keys keys, Message message) throws IOException {
    return attack.send(Signing.s3(keys).sign(message));
  }
}
