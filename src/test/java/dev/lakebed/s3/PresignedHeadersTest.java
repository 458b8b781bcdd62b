package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.LegacySigning;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers in the query of a presigned URL, where the presigner of the AWS SDK for JavaScript puts
 * them. Authentication is done: here it only counts which signature the query carries.
 */
class PresignedHeadersTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  private String target(String method, String query) {
    return s3.presigned(method, query.isEmpty() ? "/bkt/k" : "/bkt/k?" + query);
  }

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
  }

  @Test
  void metadata_tags_class_and_acl_in_the_query_are_kept() {
    Answer put =
        s3.put(
            target(
                "PUT",
                "x-amz-meta-foo=bar&x-amz-tagging=a%3D1%26b%3D2"
                    + "&x-amz-storage-class=STANDARD_IA&x-amz-acl=private&x-id=PutObject"),
            "x");
    assertThat(put.status()).isEqualTo(200);
    Answer head = s3.send("HEAD", "/bkt/k");
    assertThat(head.header("x-amz-meta-foo")).isEqualTo("bar");
    assertThat(head.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    assertThat(s3.send("GET", "/bkt/k?tagging").elements("Key")).containsExactly("a", "b");
  }

  @Test
  void what_they_ask_for_takes_the_rights_of_the_headers() {
    s3.as(TestCaller.may(p -> p.action().equals("s3:PutObject")));
    assertThat(s3.put(target("PUT", ""), "x").status()).isEqualTo(200);
    assertThat(s3.put(target("PUT", "x-amz-tagging=a%3D1"), "x").status()).isEqualTo(403);
    assertThat(s3.put(target("PUT", "x-amz-acl=private"), "x").status()).isEqualTo(403);
    s3.as(TestCaller.may(p -> p.keys().values("s3:x-amz-acl").contains("private")));
    assertThat(s3.put(target("PUT", "x-amz-acl=private"), "x").status()).isEqualTo(200);
  }

  @Test
  void they_are_judged_like_headers() {
    assertThat(s3.put(target("PUT", "X-Amz-Acl=public-read"), "x").code())
        .isEqualTo("AccessControlListNotSupported");
    assertThat(s3.put(target("PUT", "x-amz-storage-class=COLD"), "x").code())
        .isEqualTo("InvalidStorageClass");
    assertThat(s3.send("GET", target("GET", "x-amz-expected-bucket-owner=111111111111")).code())
        .isEqualTo("AccessDenied");
    s3.put("/bkt/source", "copied");
    assertThat(s3.send("PUT", target("PUT", "x-amz-copy-source=bkt%2Fsource")).status())
        .isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("copied");
  }

  /** The SDK signs the checksum of a body that it does not have: none of zero bytes counts. */
  @Test
  void a_checksum_in_the_query_says_nothing() {
    Answer put =
        s3.put(
            target("PUT", "x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32"),
            "hello");
    assertThat(put.status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-meta-a%0Ab=1",
        "x-amz-meta-a%20b=1",
        "x-amz-meta-a=1%0D%0Ax-evil:1",
        "x-amz-meta-a=1&x-amz-meta-a=2",
        "x-amz-acl=private&X-AMZ-ACL=private"
      })
  @Evidence("attack-60")
  void what_can_be_no_header_or_comes_twice_is_refused(String more) {
    Answer put = s3.put(target("PUT", more), "x");
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.code()).isEqualTo("InvalidArgument");
    assertThat(server.stores.blobs.live()).isZero();
  }

  @Test
  void one_in_the_header_and_in_the_query_is_refused() {
    String target = s3.presigned("PUT", "/bkt/k?x-amz-meta-a=1", "x-amz-meta-a", "2");
    Answer put = s3.put(target, "x", "x-amz-meta-a", "2");
    assertThat(put.code()).isEqualTo("InvalidArgument");
  }

  /**
   * What version 2 does not sign it refuses, and a header-signed request has its headers elsewhere.
   */
  @Test
  void a_query_that_nobody_signed_adds_nothing() {
    String own = "x-amz-meta-foo=bar&x-amz-acl=public-read";
    Message put = new Message("PUT", "/bkt/k");
    Instant end = server.clock.instant().plusSeconds(60);
    String legacy = new LegacySigning(server.key(TestServer.ADMIN)).presign(put, end).target();
    assertThat(s3.put("/bkt/k?" + own, "x").status()).isEqualTo(200);
    assertThat(s3.put(legacy, "x").status()).isEqualTo(200);
    assertThat(s3.put(legacy + "&" + own, "x").outcome()).isEqualTo("403 SignatureDoesNotMatch");
    assertThat(s3.send("HEAD", "/bkt/k").find("x-amz-meta-foo")).isEmpty();
  }

  /** A request that is signed twice is not taken, so that nobody asks which query was signed. */
  @Test
  void a_query_is_not_added_to_another_signature() {
    String own = "x-amz-meta-foo=bar&x-amz-acl=public-read";
    String both = target("PUT", own) + "&AWSAccessKeyId=AKIA";
    assertThat(s3.put(both, "x").outcome()).isEqualTo("400 InvalidArgument");
    assertThat(s3.put(target("PUT", own), "x", "authorization", "AWS a:b").outcome())
        .isEqualTo("400 InvalidArgument");
    assertThat(s3.send("HEAD", "/bkt/k").status()).isEqualTo(404);
  }
}
