package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.metadata.bucket.Bucket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/iam-keys.md says of requests that carry a header whose key policies can test. */
class RefusedHeadersTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void makeBucket() {
    server.stores.metadata.create("bkt", Bucket.Kind.GENERAL, "000000000000");
    s3.send("PUT", "/bkt/there");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /bkt/k, x-amz-object-lock-legal-hold, ON, 400 InvalidRequest",
    "PUT, /bkt/k, x-amz-object-lock-mode, GOVERNANCE, 400 InvalidRequest",
    "PUT, /bkt/k, x-amz-object-lock-retain-until-date, 2030-01-01T00:00:00Z, 400 InvalidRequest",
    "POST, /bkt/k?uploads, x-amz-object-lock-mode, GOVERNANCE, 400 InvalidRequest",
    "PUT, /bkt/k, x-amz-grant-read, id=1, 400 AccessControlListNotSupported",
    "PUT, /bkt/k, x-amz-grant-write, id=1, 400 AccessControlListNotSupported",
    "PUT, /bkt/k, x-amz-grant-read-acp, id=1, 400 AccessControlListNotSupported",
    "PUT, /bkt/k, x-amz-grant-write-acp, id=1, 400 AccessControlListNotSupported",
    "PUT, /bkt/k, x-amz-grant-full-control, id=1, 400 AccessControlListNotSupported",
    "PUT, /new, x-amz-grant-read, id=1, 400 InvalidBucketAclWithObjectOwnership",
    "PUT, /bkt?acl, x-amz-grant-read, id=1, 501 NotImplemented",
    "PUT, /bkt/there?acl, x-amz-grant-read, id=1, 501 NotImplemented",
    "PUT, /new, x-amz-object-ownership, ObjectWriter, 501 NotImplemented",
    "PUT, /new, x-amz-object-ownership, BucketOwnerEnforced, 200 ",
    "PUT, /bkt/k, x-amz-server-side-encryption-aws-kms-key-id, k, 400 InvalidArgument",
    "PUT, /bkt/k, x-amz-server-side-encryption-customer-algorithm, AES256, 501 NotImplemented",
    "GET, /bkt/there, x-amz-server-side-encryption-customer-algorithm, AES256, 400 InvalidRequest",
    "GET, /bkt/there, x-amz-object-lock-mode, GOVERNANCE, 200 ",
    "GET, /bkt/there, x-amz-grant-read, id=1, 200 "
  })
  void answer_is_the_one_that_the_page_names(
      String method, String target, String header, String value, String answer) {
    Answer given = s3.send(method, target, header, value);
    assertThat(given.status() + " " + (given.status() == 200 ? "" : given.code()))
        .isEqualToIgnoringWhitespace(answer);
  }

  @ParameterizedTest
  @CsvSource({"aws:kms", "aws:kms:dsse"})
  void key_of_a_key_service_is_not_found(String method) {
    Answer given =
        s3.send(
            "PUT",
            "/bkt/k",
            "x-amz-server-side-encryption",
            method,
            "x-amz-server-side-encryption-aws-kms-key-id",
            "k");
    assertThat(given.status() + " " + given.code()).isEqualTo("400 KMS.NotFoundException");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /bkt/k, x-amz-object-lock-mode, GOVERNANCE, InvalidRequest",
    "PUT, /bkt/k, x-amz-grant-read, id=1, AccessControlListNotSupported",
    "PUT, /new, x-amz-grant-read, id=1, InvalidBucketAclWithObjectOwnership",
    "PUT, /bkt?acl, x-amz-grant-read, id=1, AccessDenied",
    "PUT, /new, x-amz-object-ownership, ObjectWriter, AccessDenied",
    "PUT, /bkt/k, x-amz-server-side-encryption-aws-kms-key-id, k, InvalidArgument",
    "PUT, /bkt/k, x-amz-server-side-encryption-customer-algorithm, AES256, AccessDenied",
    "GET, /bkt/there, x-amz-server-side-encryption-customer-algorithm, AES256, InvalidRequest"
  })
  void who_may_not_call_sees_what_needs_no_right_to_be_seen(
      String method, String target, String header, String value, String code) {
    assertThat(s3.as(TestCaller.may(right -> false)).send(method, target, header, value).code())
        .isEqualTo(code);
  }
}
