package dev.lakebed.operation.query;

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
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers and errors of the Query protocol. */
@Evidence("contract-2.1")
class QueryServiceTest {
  private static final Request REQUEST =
      new Request(
          "0123456789ABCDEF",
          "POST",
          new RawTarget("/", ""),
          QueryParameters.NONE,
          Headers.NONE,
          new Connection("192.0.2.1", false, 8333),
          Instant.EPOCH,
          RequestBody.EMPTY);

  private static String body(Response response) {
    return new String(((ResponseBody.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  @Evidence("rule-71")
  void success_has_namespace_result_and_request_id() {
    Response response =
        QueryService.IAM.success(
            REQUEST,
            "GetUser",
            Optional.of(xml -> xml.text("Arn", "a<b&c\u0000>\uD83D\uDE00\uD83D\"'")));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("content-type")).contains("text/xml");
    assertThat(body(response))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><GetUserResponse"
                + " xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<GetUserResult><Arn>a&lt;b&amp;c\uFFFD&gt;\uD83D\uDE00\uFFFD\"'</Arn></GetUserResult>"
                + "<ResponseMetadata><RequestId>0123456789ABCDEF</RequestId></ResponseMetadata>"
                + "</GetUserResponse>");
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_AUTHENTICATION, 403, MissingAuthenticationToken",
    "MALFORMED_HEADER, 400, IncompleteSignature",
    "MALFORMED_QUERY, 400, IncompleteSignature",
    "UNSUPPORTED_AUTHENTICATION, 400, IncompleteSignature",
    "SEVERAL_SIGNATURES, 400, IncompleteSignature",
    "UNKNOWN_ACCESS_KEY, 403, InvalidClientTokenId",
    "INACTIVE_ACCESS_KEY, 403, InvalidClientTokenId",
    "MISSING_SESSION_TOKEN, 403, InvalidClientTokenId",
    "INVALID_SESSION_TOKEN, 403, InvalidClientTokenId",
    "EXPIRED_SESSION_TOKEN, 403, ExpiredToken",
    "SIGNATURE_MISMATCH, 403, SignatureDoesNotMatch",
    "TIME_SKEWED, 403, SignatureDoesNotMatch",
    "REQUEST_EXPIRED, 403, SignatureDoesNotMatch",
    "NOT_YET_VALID, 403, SignatureDoesNotMatch",
    "UNSIGNED_HEADER, 400, IncompleteSignature",
    "INVALID_CONTENT_SHA256, 400, IncompleteSignature",
    "MISSING_DECODED_LENGTH, 400, IncompleteSignature",
    "POST_POLICY_VIOLATION, 403, AccessDenied"
  })
  @Evidence({"catalog-A13", "rule-21"})
  void authentication_failures(AuthenticationException.Reason reason, int status, String code) {
    Response response = QueryService.STS.failure(REQUEST, new AuthenticationException(reason, "m"));
    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response)).contains("<Type>Sender</Type><Code>" + code + "</Code>");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256_MISMATCH, 403, SignatureDoesNotMatch",
    "INCOMPLETE, 400, MalformedQueryString",
    "TOO_LARGE, 413, RequestEntityTooLarge",
    "TIMEOUT, 408, RequestTimeout"
  })
  void body_failures(PayloadException.Reason reason, int status, String code) {
    Response response = QueryService.STS.failure(REQUEST, new PayloadException(reason, "m"));
    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response)).contains("<Code>" + code + "</Code>");
  }

  @Test
  void unknown_failure_is_internal_and_tells_nothing() {
    Response response =
        QueryService.STS.failure(REQUEST, new IllegalStateException("inner details"));
    assertThat(response.status()).isEqualTo(500);
    assertThat(body(response))
        .contains("<Type>Receiver</Type><Code>InternalFailure</Code>")
        .doesNotContain("inner details");
  }
}
