package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures of other layers as S3 errors. */
@Evidence({"contract-4.12", "catalog-L1"})
class S3ErrorMappingTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  private Response error(String method, Throwable failure) {
    RawTarget target = new RawTarget("/bkt/k%20<x>", "");
    Request request =
        new Request(
            "0123456789ABCDEF",
            method,
            target,
            QueryParameters.NONE,
            Headers.builder().add("host", "localhost").build(),
            new Connection("127.0.0.1", false, 8333),
            Instant.now(),
            RequestBody.EMPTY);
    return server.protocol(Protocol.Kind.S3).error(request, failure);
  }

  private static String text(Response response) {
    return new String(((ResponseBody.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_AUTHENTICATION, 403, AccessDenied",
    "MALFORMED_HEADER, 400, AuthorizationHeaderMalformed",
    "MALFORMED_QUERY, 400, AuthorizationQueryParametersError",
    "UNSUPPORTED_AUTHENTICATION, 400, InvalidRequest",
    "SEVERAL_SIGNATURES, 400, InvalidArgument",
    "UNKNOWN_ACCESS_KEY, 403, InvalidAccessKeyId",
    "INACTIVE_ACCESS_KEY, 403, InvalidAccessKeyId",
    "MISSING_SESSION_TOKEN, 403, InvalidAccessKeyId",
    "INVALID_SESSION_TOKEN, 400, InvalidToken",
    "EXPIRED_SESSION_TOKEN, 400, ExpiredToken",
    "SIGNATURE_MISMATCH, 403, SignatureDoesNotMatch",
    "TIME_SKEWED, 403, RequestTimeTooSkewed",
    "REQUEST_EXPIRED, 403, AccessDenied",
    "NOT_YET_VALID, 403, AccessDenied",
    "UNSIGNED_HEADER, 403, AccessDenied",
    "INVALID_CONTENT_SHA256, 400, InvalidRequest",
    "MISSING_DECODED_LENGTH, 411, MissingContentLength",
    "INVALID_AUTHORIZATION, 400, InvalidArgument",
    "MALFORMED_POST_POLICY, 400, InvalidPolicyDocument",
    "MALFORMED_FORM_FIELD, 400, InvalidArgument",
    "POST_POLICY_VIOLATION, 403, AccessDenied"
  })
  void each_refusal_of_authentication_has_its_code(
      AuthenticationException.Reason reason, int status, String code) {
    Response response = error("GET", reason.because("why", Map.of("Region", "here")));
    assertThat(response.status()).isEqualTo(status);
    assertThat(text(response))
        .contains("<Code>" + code + "</Code><Message>why</Message><Region>here</Region>");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256_MISMATCH, 400, XAmzContentSHA256Mismatch",
    "CHUNK_SIGNATURE_MISMATCH, 403, SignatureDoesNotMatch",
    "MALFORMED_CHUNK, 400, InvalidRequest",
    "SMALL_CHUNK, 403, InvalidChunkSizeError",
    "INCOMPLETE, 400, IncompleteBody",
    "EXCESS, 400, IncompleteBody",
    "MALFORMED_TRAILER, 400, MalformedTrailerError",
    "TOO_LARGE, 400, MaxMessageLengthExceeded",
    "TIMEOUT, 400, RequestTimeout"
  })
  void each_fault_of_a_body_has_its_code(PayloadException.Reason reason, int status, String code) {
    Response response = error("PUT", new PayloadException(reason, "why"));
    assertThat(response.status()).isEqualTo(status);
    assertThat(text(response)).contains("<Code>" + code + "</Code>");
  }

  @Test
  void what_is_unavailable_is_503_and_may_be_tried_again() {
    Response database = error("GET", new MetadataUnavailableException("the database is away"));
    assertThat(database.status()).isEqualTo(503);
    assertThat(text(database))
        .contains("<Code>SlowDown</Code><Message>The database is away.</Message>");
    assertThat(database.headers().first("retry-after")).contains("1");
    Response volume = error("PUT", new VolumeUnavailableException("disk sda full"));
    assertThat(volume.status()).isEqualTo(503);
    assertThat(text(volume)).contains("<Code>ServiceUnavailable</Code>").doesNotContain("sda");
  }

  @Test
  void what_nobody_foresaw_is_an_internal_error_without_its_text() {
    for (Throwable failure :
        new Throwable[] {new IllegalStateException("secret"), new CorruptBlobException("secret")}) {
      Response response = error("GET", failure);
      assertThat(response.status()).isEqualTo(500);
      assertThat(text(response)).contains("<Code>InternalError</Code>").doesNotContain("secret");
    }
  }

  @Test
  void a_bucket_that_went_away_is_missing() {
    Response response = error("PUT", new NoSuchBucketException());
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers().has("x-amz-bucket-region")).isFalse();
  }

  @Test
  void the_body_is_escaped_and_head_has_none() {
    Response response = error("GET", new IllegalStateException("x"));
    assertThat(text(response)).contains("<Resource>/bkt/k%20&lt;x&gt;</Resource>");
    assertThat(response.headers().first("content-type")).contains("application/xml");
    assertThat(error("HEAD", new IllegalStateException("x")).body()).isEqualTo(ResponseBody.NONE);
  }
}
