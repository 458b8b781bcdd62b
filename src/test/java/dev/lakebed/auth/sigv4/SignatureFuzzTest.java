package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import java.io.IOException;

/** Whatever arrives is refused in one of the declared ways, and never accepted as signed. */
class SignatureFuzzTest {
  @FuzzTest
  void an_authorization_header_is_refused_in_a_declared_way(FuzzedDataProvider data)
      throws IOException {
    Request request =
        request(
            "GET",
            "/b/k",
            headers(
                "Host", "h",
                "x-amz-date", "20260102T030405Z",
                "x-amz-content-sha256", "UNSIGNED-PAYLOAD",
                "Authorization", data.consumeRemainingAsAsciiString()),
            new byte[0]);
    CredentialScope.peek(request);
    try {
      authenticator().authenticate(request, "s3");
      throw new AssertionError("accepted");
    } catch (AuthenticationException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @FuzzTest
  void a_request_target_is_refused_in_a_declared_way(FuzzedDataProvider data) throws IOException {
    String query = data.consumeRemainingAsAsciiString();
    try {
      Request request =
          request("GET", "/b/k?X-Amz-Signature=0&" + query, headers("Host", "h"), new byte[0]);
      CredentialScope.peek(request);
      authenticator().authenticate(request, "s3");
      throw new AssertionError("accepted");
    } catch (AuthenticationException | MalformedTargetException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @FuzzTest
  void a_chunked_body_gives_its_announced_length_or_a_payload_error(FuzzedDataProvider data)
      throws IOException {
    int length = data.consumeInt(0, 1000);
    boolean known = data.consumeBoolean();
    RequestBody body =
        authenticator()
            .authenticate(
                request(
                    "PUT",
                    "/b/k",
                    headers(
                        "Host",
                        "h",
                        "x-amz-content-sha256",
                        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                        "x-amz-trailer",
                        known ? "x-amz-checksum-crc32" : "",
                        "x-amz-decoded-content-length",
                        Integer.toString(length)),
                    data.consumeRemainingAsBytes()),
                "s3")
            .request()
            .body();
    try {
      assertThat(body.open().readAllBytes()).hasSize(length);
      assertThat(body.trailers().has("x-amz-checksum-crc32")).isEqualTo(known);
    } catch (PayloadException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }
}
