package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A header that asks for what is not built: 501, but 403 first for whoever may not call at all. */
class NotBuiltHeadersTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void createBucket() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/source", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /bkt/k, x-amz-server-side-encryption-customer-algorithm, AES256",
    "PUT, /bkt/k, x-amz-server-side-encryption, aws:kms",
    "PUT, /bkt/k, x-amz-server-side-encryption, aws:kms:dsse",
    "PUT, /bkt/k, x-amz-write-offset-bytes, 3",
    "PUT, /bkt/k, x-amz-rename-source, /bkt/source",
    "PUT, /bkt/k, if-none-match, \"abc\"",
    "POST, /bkt/k?uploads, x-amz-server-side-encryption-customer-key, a",
    "POST, /bkt/k?uploads, x-amz-server-side-encryption, aws:kms",
    "PUT, /bkt/k?partNumber=1&uploadId=u, x-amz-server-side-encryption-customer-key-md5, a",
    "DELETE, /bkt/k, x-amz-if-match-size, 3",
    "DELETE, /bkt/k?uploadId=u, x-amz-if-match-initiated-time, x",
    "PUT, /new-bucket, x-amz-bucket-object-lock-enabled, true",
    "PUT, /new-bucket, x-amz-object-ownership, ObjectWriter"
  })
  void who_may_not_call_is_told_so_first(
      String method, String target, String header, String value) {
    Answer built = s3.send(method, target, header, value);
    assertThat(built.status() + " " + built.code()).isEqualTo("501 NotImplemented");
    for (TestCaller nobody :
        new TestCaller[] {TestCaller.anonymous(right -> false), TestCaller.may(right -> false)}) {
      Answer refused = s3.as(nobody).send(method, target, header, value);
      assertThat(refused.status() + " " + refused.code()).isEqualTo("403 AccessDenied");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-server-side-encryption, aws:kms",
    "x-amz-copy-source-server-side-encryption-customer-key, a",
    "if-none-match, \"abc\""
  })
  void a_copy_asks_for_both_rights_first(String header, String value) {
    String[] headers = {"x-amz-copy-source", "/bkt/source", header, value};
    assertThat(s3.send("PUT", "/bkt/k", headers).code()).isEqualTo("NotImplemented");
    Answer refused = s3.as(TestCaller.may(right -> false)).send("PUT", "/bkt/k", headers);
    assertThat(refused.code()).isEqualTo("AccessDenied");
  }
}
