package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Uploads into table buckets, where a table may be made around a key at any time. */
class TableBucketUploadTest {
  private static final String ARN =
      PercentEncoding.encode("arn:aws:s3tables:us-east-1:000000000000:bucket/tbl");

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();
  private final TestClient tables = server.tables();

  @Test
  void a_table_that_is_made_while_the_body_comes_decides_on_its_file() throws Exception {
    tables.put("/buckets", "{\"name\":\"tbl\"}").requireOk();
    tables.put("/namespaces/" + ARN, "{\"namespace\":[\"ns\"]}").requireOk();
    HeldBody body = new HeldBody("evil");
    CompletableFuture<Answer> upload =
        CompletableFuture.supplyAsync(() -> s3.send("PUT", "/tbl/ns/t/metadata/x.json", body));
    body.awaitLastByte();
    String table =
        tables
            .put("/tables/" + ARN + "/ns", "{\"name\":\"t\",\"format\":\"ICEBERG\"}")
            .requireOk()
            .member("tableARN");
    tables
        .put(
            "/tables/" + ARN + "/ns/t/policy",
            """
            {"resourcePolicy":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Deny\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"s3tables:PutTableData\\",\\"Resource\\":\\"%s\\"}]}"}
            """
                .formatted(table))
        .requireOk();
    body.release();
    upload.get().requireError(403, "AccessDenied");
    assertThat(s3.send("GET", "/tbl/ns/t/metadata/x.json").status()).isEqualTo(404);
    assertThat(server.stores.blobs.live()).isZero();
  }
}
