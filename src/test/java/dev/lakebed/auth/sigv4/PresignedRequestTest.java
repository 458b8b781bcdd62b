package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.RefusalAssert.spoiled;
import static dev.lakebed.auth.sigv4.TestRequests.KEY;
import static dev.lakebed.auth.sigv4.TestRequests.SECRET;
import static dev.lakebed.auth.sigv4.TestRequests.at;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.knows;
import static dev.lakebed.auth.sigv4.TestRequests.knowsSession;
import static dev.lakebed.auth.sigv4.TestRequests.plus;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static dev.lakebed.auth.sigv4.TestRequests.retargeted;
import static dev.lakebed.auth.sigv4.TestRequests.target;
import static dev.lakebed.auth.sigv4.TestRequests.withBytes;
import static dev.lakebed.auth.sigv4.TestRequests.withMethod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.http.Request;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presigned URLs. Valid ones are signed by the AWS SDK for Java and live ten minutes. */
@Evidence("contract-4.4")
class PresignedRequestTest {
  private static Request get() {
    return SdkSigner.query().sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]);
  }

  private static void authenticate(Request request) throws IOException {
    authenticator().authenticate(request, "s3");
  }

  private static Request replaced(String from, String to) {
    return retargeted(get(), target(get()).replaceFirst(from, to));
  }

  @Test
  @Evidence("attack-2")
  void a_credential_in_the_query_without_signature_is_refused() {
    refused(
        Reason.MISSING_AUTHENTICATION,
        () ->
            authenticate(
                request(
                    "PUT",
                    "/b/k?X-Amz-Credential=" + KEY + "%2F20260102%2Fr%2Fs3%2Faws4_request",
                    headers(
                        "Host", "h",
                        "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                        "x-amz-decoded-content-length", "0"),
                    TestRequests.bytes("0\r\n\r\n"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Signature",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-SignedHeaders",
        "X-Amz-Expires",
        "X-Amz-Algorithm"
      })
  @Evidence("attack-11")
  void a_missing_parameter_is_malformed(String name) {
    refused(
        Reason.MALFORMED_QUERY, () -> authenticate(replaced("(?<=[?&])" + name + "=[^&]*&?", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "604801",
        "1h",
        "",
        "99999999999999999999",
        "+-1",
        "%2B300",
        "%D9%A3%D9%A0%D9%A0"
      })
  @Evidence({"attack-11", "rule-23"})
  void an_expiry_out_of_range_is_malformed(String expires) {
    refused(
        Reason.MALFORMED_QUERY,
        () -> authenticate(replaced("X-Amz-Expires=600", "X-Amz-Expires=" + expires)));
  }

  @Test
  @Evidence({"attack-11", "rule-23"})
  void an_expiry_of_a_week_is_in_range() {
    refused(
        Reason.SIGNATURE_MISMATCH,
        () -> authenticate(replaced("X-Amz-Expires=600", "X-Amz-Expires=604800")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:14:04Z, ",
    "2026-01-02T03:14:05Z, REQUEST_EXPIRED",
    "2026-01-12T03:14:05Z, REQUEST_EXPIRED",
    "2026-01-02T02:49:05Z, ",
    "2026-01-02T02:49:04Z, NOT_YET_VALID"
  })
  @Evidence({"attack-11", "rule-23"})
  void a_url_lives_from_its_date_to_its_expiry(String now, Reason reason) {
    Authenticator authenticator =
        new Authenticator(knows(KEY, SECRET), at(now), SignatureSettings.DEFAULT);
    if (reason == null) {
      assertThatCode(() -> authenticator.authenticate(get(), "s3")).doesNotThrowAnyException();
    } else {
      refused(reason, () -> authenticator.authenticate(get(), "s3"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Date=20260102T030405Z, X-Amz-Date=20260103T030405Z",
    "X-Amz-Date=20260102T030405Z, X-Amz-Date=2026-01-02T03:04:05Z",
    "X-Amz-Date=20260102T030405Z, X-Amz-Date=20261302T030405Z",
    "eu-west-9%2Fs3%2F, eu-west-9%2Fsts%2F"
  })
  @Evidence("attack-11")
  void dates_and_scopes_that_disagree_are_malformed(String from, String to) {
    refused(Reason.MALFORMED_QUERY, () -> authenticate(replaced(from, to)));
  }

  @Test
  @Evidence("attack-11")
  void an_unsigned_date_header_beside_the_query_is_refused() {
    refused(
        Reason.UNSIGNED_HEADER, () -> authenticate(plus(get(), "x-amz-date", "20260102T040405Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "HEAD"})
  @Evidence("attack-12")
  void another_method_is_refused(String method) {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(withMethod(get(), method)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&versionId=1", "&uploadId=x", "&response-content-type=text%2Fhtml", "&acl"})
  @Evidence("attack-12")
  void another_parameter_is_refused(String extra) {
    refused(
        Reason.SIGNATURE_MISMATCH, () -> authenticate(retargeted(get(), target(get()) + extra)));
  }

  @Test
  @Evidence("attack-12")
  void another_key_is_refused() {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(replaced("/b/k", "/b/l")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Amz-Signature=0", "X-Amz-Expires=1", "X-Amz-Date=20260102T030405Z"})
  @Evidence("attack-9")
  void a_repeated_parameter_of_the_signature_is_refused(String again) {
    refused(
        Reason.MALFORMED_QUERY, () -> authenticate(retargeted(get(), target(get()) + "&" + again)));
  }

  @Test
  @Evidence("attack-15")
  void signature_version_4a_is_refused() {
    String target = "/b/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Signature=0";
    refused(
            Reason.UNSUPPORTED_AUTHENTICATION,
            () -> authenticate(request("GET", target, headers("Host", "h"), new byte[0])))
        .withMessageContaining("AWS4-HMAC-SHA256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS4-HMAC-SHA1", "aws4-hmac-sha256", "none"})
  @Evidence("attack-15")
  void an_unknown_algorithm_is_malformed(String algorithm) {
    refused(Reason.MALFORMED_QUERY, () -> authenticate(replaced("AWS4-HMAC-SHA256", algorithm)));
  }

  @Test
  void a_preflight_of_the_url_is_a_question_of_nobody() throws IOException {
    Request asked =
        plus(
            plus(withMethod(get(), "OPTIONS"), "origin", "https://lake.example"),
            "access-control-request-method",
            "GET");
    assertThat(authenticator().authenticate(asked, "s3").authType()).isEqualTo(AuthType.ANONYMOUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-acl", "x-amz-copy-source", "x-amz-security-token"})
  @Evidence("attack-10")
  void an_unsigned_amz_header_is_refused(String name) {
    refused(Reason.UNSIGNED_HEADER, () -> authenticate(plus(get(), name, "v")));
  }

  @Test
  @Evidence({"attack-20", "rule-24"})
  void the_token_in_the_query_is_signed_and_handed_to_the_lookup() throws IOException {
    Authenticator authenticator =
        new Authenticator(
            knowsSession(KEY, SECRET, "to/ken+="),
            at("2026-01-02T03:04:05Z"),
            SignatureSettings.DEFAULT);
    Request request =
        SdkSigner.query()
            .withToken("to/ken+=")
            .sign("GET", "/b/k", Map.of("zz", List.of("1")), Map.of(), new byte[0]);
    assertThat(authenticator.authenticate(request, "s3").authType()).isEqualTo(AuthType.QUERY);
    String token = "X-Amz-Security-Token=to%2Fken%2B%3D";
    String moved = target(request).replace("&" + token, "").replace("?", "?" + token + "&");
    assertThatCode(() -> authenticator.authenticate(retargeted(request, moved), "s3"))
        .doesNotThrowAnyException();
    refused(
        Reason.MISSING_SESSION_TOKEN,
        () ->
            authenticator.authenticate(
                retargeted(request, target(request).replace("&" + token, "")), "s3"));
  }

  @Test
  void an_unsigned_payload_hash_beside_the_url_only_adds_a_check() throws IOException {
    Request put = SdkSigner.query().sign("PUT", "/b/k", Map.of(), Map.of(), new byte[0]);
    Request uploaded = withBytes(put, TestRequests.bytes("hello"));
    assertThat(authenticator().authenticate(uploaded, "s3").request().body().open().readAllBytes())
        .hasSize(5);
    Request hashed = plus(uploaded, "x-amz-content-sha256", Sha256.EMPTY);
    spoiled(
        PayloadException.Reason.SHA256_MISMATCH,
        () -> authenticator().authenticate(hashed, "s3").request().body().open().readAllBytes());
    refused(
        Reason.UNSIGNED_HEADER,
        () ->
            authenticate(
                plus(uploaded, "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")));
  }
}
