package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.RefusalAssert.spoiled;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static dev.lakebed.auth.sigv4.TestRequests.with;
import static dev.lakebed.auth.sigv4.TestRequests.withBytes;
import static dev.lakebed.auth.sigv4.TestRequests.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Request;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of {@code x-amz-content-sha256} in S3 requests. */
@Evidence({"contract-4.3", "contract-4.5"})
class S3PayloadTest {
  private static final byte[] BODY = TestRequests.bytes("hello");

  private static Request put() {
    return SdkSigner.header("s3").sign("PUT", "/b/k", Map.of(), Map.of(), BODY);
  }

  private static void authenticate(Request request) throws IOException {
    authenticator().authenticate(request, "s3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UNSIGNED",
        "STREAMING-AWS4-HMAC-SHA256-EVENTS",
        "e3b0",
        "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
      })
  @Evidence("rule-14")
  void s3_refuses_a_missing_or_unknown_payload_form(String value) {
    Request request = put();
    refused(
        Reason.INVALID_CONTENT_SHA256,
        () ->
            authenticate(
                value.isEmpty()
                    ? without(request, "x-amz-content-sha256")
                    : with(request, "x-amz-content-sha256", value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hellO", "hell", "", "hello!"})
  @Evidence("rule-27")
  void another_body_than_the_signed_one_never_reaches_end_of_file(String other) throws IOException {
    Authenticated authenticated =
        authenticator().authenticate(withBytes(put(), TestRequests.bytes(other)), "s3");
    spoiled(
        PayloadException.Reason.SHA256_MISMATCH,
        () -> authenticated.request().body().open().readAllBytes());
  }

  @Test
  void a_request_without_signature_is_anonymous() throws IOException {
    Authenticated authenticated =
        authenticator()
            .authenticate(request("GET", "/b/k", headers("Host", "h"), new byte[0]), "s3");
    assertThat(authenticated.authType()).isEqualTo(AuthType.ANONYMOUS);
    assertThat(authenticated.principal()).isInstanceOf(Principal.Anonymous.class);
    assertThat(authenticated.accessKeyId()).isEmpty();
  }

  @Test
  void an_anonymous_body_may_be_framed_but_not_signed() throws IOException {
    Request framed =
        request(
            "PUT",
            "/b/k",
            headers(
                "Host", "h",
                "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length", "5"),
            TestRequests.bytes("5\r\nhello\r\n0\r\n\r\n"));
    assertThat(authenticator().authenticate(framed, "s3").request().body().open().readAllBytes())
        .isEqualTo(BODY);
    refused(
        Reason.MISSING_AUTHENTICATION,
        () ->
            authenticate(
                with(framed, "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")));
  }
}
