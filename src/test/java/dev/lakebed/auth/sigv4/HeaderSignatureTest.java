package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
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
import static dev.lakebed.auth.sigv4.TestRequests.with;
import static dev.lakebed.auth.sigv4.TestRequests.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests signed in the header. Valid ones are signed by the AWS SDK for Java. */
@Evidence("contract-4.3")
class HeaderSignatureTest {
  private static final byte[] BODY = TestRequests.bytes("hello");

  private static Request put() {
    return SdkSigner.header("s3")
        .sign("PUT", "/b/k", Map.of(), Map.of("x-amz-meta-a", List.of("1")), BODY);
  }

  private static void authenticate(Request request) throws IOException {
    authenticator().authenticate(request, "s3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "00", "", "Signature"})
  @Evidence("attack-1")
  void a_garbage_signature_is_refused(String signature) {
    Request request = put();
    String header = request.headers().first("authorization").orElseThrow();
    String forged = header.substring(0, header.indexOf("Signature=") + 10) + signature;
    refused(
        signature.isEmpty() ? Reason.MALFORMED_HEADER : Reason.SIGNATURE_MISMATCH,
        () -> authenticate(with(request, "authorization", forged)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"authorization", "x-amz-date", "host", "x-amz-content-sha256", "content-length"})
  @Evidence("attack-9")
  void a_repeated_header_of_one_value_is_refused(String name) {
    Request request = put();
    String value = request.headers().first(name).orElse("5");
    refused(
        Reason.MALFORMED_HEADER,
        () -> authenticate(plus(plus(without(request, name), name, value), name, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "content-length", "transfer-encoding"})
  @Evidence("attack-63")
  void repeated_framing_headers_are_refused_without_a_signature_too(String name) {
    Request request =
        request("PUT", "/b/k", headers("Host", "h", name, "1", name, "1"), new byte[0]);
    refused(Reason.MALFORMED_HEADER, () -> authenticate(request));
  }

  @Test
  @Evidence("attack-68")
  void claims_print_neither_signature_nor_token() {
    Request request =
        SdkSigner.header("s3")
            .withToken("the-token")
            .sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]);
    SignatureClaim claim = SignatureClaim.ofHeader(request);
    assertThat(claim.toString()).contains(KEY).doesNotContain("the-token", claim.signature());
  }

  @Test
  @Evidence("attack-9")
  void repeated_metadata_is_joined_as_it_was_signed() throws IOException {
    Request joined =
        SdkSigner.header("s3")
            .sign("PUT", "/b/k", Map.of(), Map.of("x-amz-meta-a", List.of("1,2")), BODY);
    authenticate(plus(with(joined, "x-amz-meta-a", "1"), "x-amz-meta-a", "2"));
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(plus(joined, "x-amz-meta-a", "3")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-acl",
        "x-amz-copy-source",
        "x-amz-tagging",
        "x-amz-security-token",
        "x-amz-server-side-encryption",
        "x-amz-meta-b",
        "x-amz-bypass-governance-retention"
      })
  @Evidence({"attack-10", "rule-18"})
  void an_unsigned_amz_header_is_refused(String name) {
    refused(Reason.UNSIGNED_HEADER, () -> authenticate(plus(put(), name, "v")))
        .satisfies(e -> assertThat(e.details()).containsEntry("HeadersNotSigned", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-te", "x-amz-user-agent", "user-agent", "range", "x-forwarded-for"})
  void an_unsigned_header_that_does_no_harm_is_accepted(String name) {
    assertThatCode(() -> authenticate(plus(without(put(), name), name, "v")))
        .doesNotThrowAnyException();
  }

  @Test
  @Evidence("attack-13")
  void header_and_query_signature_together_are_refused() {
    Request presigned = SdkSigner.query().sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]);
    String header = put().headers().first("authorization").orElseThrow();
    refused(
        Reason.SEVERAL_SIGNATURES, () -> authenticate(plus(presigned, "authorization", header)));
  }

  @ParameterizedTest
  @CsvSource({
    "20260102/eu-west-9/s3/aws4_reques, MALFORMED_HEADER",
    "20260102/eu-west-9/s3, MALFORMED_HEADER",
    "20260102/eu-west-9//aws4_request, MALFORMED_HEADER",
    "20260102//s3/aws4_request, MALFORMED_HEADER",
    "2026010/eu-west-9/s3/aws4_request, MALFORMED_HEADER",
    "20260103/eu-west-9/s3/aws4_request, MALFORMED_HEADER",
    "20260102/eu-west-9/s3tables/aws4_request, MALFORMED_HEADER",
    "20260102/eu-west-9/iam/aws4_request, MALFORMED_HEADER",
    "20260102/eu-west-8/s3/aws4_request, SIGNATURE_MISMATCH"
  })
  @Evidence("attack-14")
  void another_scope_than_the_signed_one_is_refused(String scope, Reason reason) {
    Request request = put();
    String header =
        request
            .headers()
            .first("authorization")
            .orElseThrow()
            .replace("20260102/eu-west-9/s3/aws4_request", scope);
    refused(reason, () -> authenticate(with(request, "authorization", header)));
  }

  @Test
  @Evidence({"attack-14", "rule-20"})
  void a_pinned_region_is_named_in_the_refusal_of_another() {
    SignatureSettings pinned =
        new SignatureSettings(
            Optional.of("us-east-1"),
            List.of(),
            peer -> false,
            1024,
            false,
            true,
            VirtualHosts.NONE);
    refused(Reason.MALFORMED_HEADER, () -> authenticator(pinned).authenticate(put(), "s3"))
        .satisfies(e -> assertThat(e.details()).containsEntry("Region", "us-east-1"));
  }

  @Test
  @Evidence({"attack-15", "rule-28"})
  void signature_version_4a_is_refused_and_told_what_to_use() {
    String header =
        "AWS4-ECDSA-P256-SHA256 Credential=A/20260102/s3/aws4_request, SignedHeaders=host,"
            + " Signature=0";
    refused(
            Reason.UNSUPPORTED_AUTHENTICATION,
            () -> authenticate(with(put(), "authorization", header)))
        .withMessageContaining("AWS4-HMAC-SHA256");
  }

  @ParameterizedTest
  @CsvSource({
    "foo, foo",
    "Bearer eyJhbGciOiJub25lIn0.e30., Bearer",
    "Basic YTpi, Basic",
    "AWS4-HMAC-SHA1 Credential=A, AWS4-HMAC-SHA1"
  })
  @Evidence("attack-15")
  void an_unknown_kind_of_authorization_is_named(String header, String named) {
    refused(Reason.INVALID_AUTHORIZATION, () -> authenticate(with(put(), "authorization", header)))
        .withMessage("Unsupported Authorization Type")
        .satisfies(e -> assertThat(e.details()).containsEntry("ArgumentValue", named));
  }

  @Test
  void every_header_that_is_not_signed_is_named() {
    Request request = plus(plus(put(), "x-amz-acl", "private"), "x-amz-tagging", "a=b");
    refused(Reason.UNSIGNED_HEADER, () -> authenticate(request))
        .satisfies(
            e ->
                assertThat(e.details())
                    .containsEntry("HeadersNotSigned", "x-amz-acl, x-amz-tagging"));
  }

  @Test
  void an_unknown_access_key_is_named() {
    Authenticator nobody =
        new Authenticator(
            knows("AKOTHER", SECRET), at("2026-01-02T03:04:05Z"), SignatureSettings.DEFAULT);
    refused(Reason.UNKNOWN_ACCESS_KEY, () -> nobody.authenticate(put(), "s3"))
        .satisfies(e -> assertThat(e.details()).containsEntry("AWSAccessKeyId", KEY));
  }

  @Test
  @Evidence("attack-15")
  void sigv4a_chunks_are_refused() {
    refused(
        Reason.UNSUPPORTED_AUTHENTICATION,
        () ->
            authenticate(
                with(put(), "x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:20:05Z, TIME_SKEWED",
    "2026-01-02T02:48:05Z, TIME_SKEWED",
    "2026-01-02T03:18:05Z, ",
    "2026-01-02T02:50:05Z, "
  })
  @Evidence({"attack-16", "rule-19"})
  void sixteen_minutes_of_skew_are_refused_and_fourteen_accepted(String now, Reason reason) {
    Authenticator authenticator =
        new Authenticator(knows(KEY, SECRET), at(now), SignatureSettings.DEFAULT);
    if (reason == null) {
      assertThatCode(() -> authenticator.authenticate(put(), "s3")).doesNotThrowAnyException();
    } else {
      refused(reason, () -> authenticator.authenticate(put(), "s3"))
          .satisfies(
              e ->
                  assertThat(e.details())
                      .containsEntry("RequestTime", "20260102T030405Z")
                      .containsEntry("MaxAllowedSkewMilliseconds", "900000")
                      .containsKey("ServerTime"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/b/a%2Fc, /b/a/c",
    "/b/a/c, /b//a/c",
    "/b/a/c, /b/./a/c",
    "/b/a/c, /b/x/../a/c",
    "/b/a%2520c, /b/a%20c",
    "/b/a%20c, /b/a+c",
    "/b/a%2Bc, /b/a%20c",
    "/b/a%3Bx, /b/a",
    "/b/%2E%2E/c, /c"
  })
  @Evidence("attack-17")
  void a_path_of_another_key_is_refused(String signed, String sent) {
    Request request = SdkSigner.header("s3").sign("PUT", signed, Map.of(), Map.of(), BODY);
    assertThatCode(() -> authenticate(request)).doesNotThrowAnyException();
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(retargeted(request, sent)));
  }

  @ParameterizedTest
  @CsvSource({
    "/b/a%3Db, /b/a=b",
    "/b/a%3Db, /b/a%3db",
    "/b/~A, /b/%7E%41",
    "/b/a%28b%29, /b/a(b)",
    "/b/a%3db, /b/a%3db",
    "/b/%7E%41, /b/%7E%41",
    "/b/a(b), /b/a(b)",
    "/b/a/c, /b/a%2Fc"
  })
  @Evidence("attack-17")
  void other_escapes_of_the_same_key_are_accepted(String signed, String sent) {
    Request request = SdkSigner.header("s3").sign("PUT", signed, Map.of(), Map.of(), BODY);
    assertThatCode(() -> authenticate(request)).doesNotThrowAnyException();
    assertThatCode(() -> authenticate(retargeted(request, sent))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=A/20260102/r/s3/aws4_request",
        "AWS4-HMAC-SHA256 Credential=A/20260102/r/s3/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=A/20260102/r/s3/aws4_request, SignedHeaders=Host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/20260102/r/s3/aws4_request, SignedHeaders=host;host,"
            + " Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/20260102/r/s3/aws4_request, SignedHeaders=host, Signature=0,"
            + " X=1",
        "AWS4-HMAC-SHA256 Credential=A/20260102/r/s3/aws4_request, SignedHeaders=host, Signature=0,"
      })
  @Evidence("attack-19")
  void a_broken_authorization_is_not_anonymous(String header) {
    refused(Reason.MALFORMED_HEADER, () -> authenticate(with(put(), "authorization", header)));
  }

  @Test
  @Evidence("attack-20")
  void a_session_token_is_handed_to_the_lookup_and_must_be_signed() throws IOException {
    CredentialLookup sessions = knowsSession(KEY, SECRET, "the-token");
    Authenticator authenticator =
        new Authenticator(sessions, at("2026-01-02T03:04:05Z"), SignatureSettings.DEFAULT);
    Request request =
        SdkSigner.header("s3")
            .withToken("the-token")
            .sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]);
    assertThat(authenticator.authenticate(request, "s3").accessKeyId()).contains(KEY);

    refused(
        Reason.MISSING_SESSION_TOKEN,
        () -> authenticator.authenticate(without(request, "x-amz-security-token"), "s3"));
    refused(
        Reason.INVALID_SESSION_TOKEN,
        () -> authenticator.authenticate(with(request, "x-amz-security-token", "the-tokeN"), "s3"));
    Request unsigned = SdkSigner.header("s3").sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]);
    refused(
        Reason.UNSIGNED_HEADER,
        () ->
            authenticator.authenticate(plus(unsigned, "x-amz-security-token", "the-token"), "s3"));
    refused(
        Reason.MALFORMED_HEADER,
        () ->
            authenticator.authenticate(
                retargeted(request, "/b/k?X-Amz-Security-Token=other"), "s3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "s3tables", "sts", "iam"})
  @Evidence("rule-21")
  void a_wrong_secret_is_a_mismatch_and_an_unknown_key_is_unknown(String service) {
    Request request = SdkSigner.header(service).sign("GET", "/", Map.of(), Map.of(), new byte[0]);
    refused(
        Reason.SIGNATURE_MISMATCH,
        () ->
            new Authenticator(
                    knows(KEY, "other"), at("2026-01-02T03:04:05Z"), SignatureSettings.DEFAULT)
                .authenticate(request, service));
    refused(
        Reason.UNKNOWN_ACCESS_KEY,
        () ->
            new Authenticator(
                    knows("AKIDOTHER", SECRET),
                    at("2026-01-02T03:04:05Z"),
                    SignatureSettings.DEFAULT)
                .authenticate(request, service));
  }

  @Test
  void a_mismatch_shows_what_was_signed_and_never_the_secret() {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(retargeted(put(), "/b/other?acl")))
        .satisfies(
            e -> {
              assertThat(e.details())
                  .containsOnlyKeys(
                      "AWSAccessKeyId", "StringToSign", "SignatureProvided", "CanonicalRequest");
              assertThat(e.details().get("CanonicalRequest")).startsWith("PUT\n/b/other\nacl=\n");
              assertThat(e.details().get("StringToSign"))
                  .startsWith(
                      "AWS4-HMAC-SHA256\n20260102T030405Z\n20260102/eu-west-9/s3/aws4_request\n");
              assertThat(e.getMessage() + e.details()).doesNotContain(SECRET);
            });
  }

  @Test
  void a_signed_header_that_did_not_arrive_is_a_mismatch() {
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(without(put(), "x-amz-meta-a")));
  }

  @Test
  void a_signature_without_host_is_refused() {
    Request request = put();
    String header = request.headers().first("authorization").orElseThrow().replace("host;", "");
    refused(Reason.UNSIGNED_HEADER, () -> authenticate(with(request, "authorization", header)));
  }

  @Test
  void a_host_before_a_proxy_is_accepted_only_when_configured() throws IOException {
    Request rewritten = with(put(), "host", "10.0.0.9:8333");
    Request forwarded = plus(rewritten, "x-forwarded-host", "store.local:9000, inner");
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(forwarded));
    SignatureSettings external =
        new SignatureSettings(
            Optional.empty(),
            List.of("store.local:9000"),
            peer -> false,
            1024,
            false,
            true,
            VirtualHosts.NONE);
    authenticator(external).authenticate(rewritten, "s3");
    SignatureSettings proxy =
        new SignatureSettings(
            Optional.empty(),
            List.of(),
            peer -> peer.equals("192.0.2.7"),
            1024,
            false,
            true,
            VirtualHosts.NONE);
    authenticator(proxy).authenticate(forwarded, "s3");
    Request port =
        plus(plus(rewritten, "x-forwarded-host", "store.local"), "x-forwarded-port", "9000");
    authenticator(proxy).authenticate(port, "s3");
  }

  @Test
  void a_date_header_replaces_the_missing_amz_date() {
    refused(Reason.MISSING_AUTHENTICATION, () -> authenticate(without(put(), "x-amz-date")));
    Request dated = plus(without(put(), "x-amz-date"), "date", "Fri, 02 Jan 2026 03:04:05 GMT");
    refused(Reason.SIGNATURE_MISMATCH, () -> authenticate(dated));
  }

  @Test
  void the_service_of_the_scope_is_read_without_verifying() {
    assertThat(CredentialScope.peek(put())).contains("s3");
    assertThat(
            CredentialScope.peek(
                SdkSigner.query().sign("GET", "/", Map.of(), Map.of(), new byte[0])))
        .contains("s3");
    assertThat(CredentialScope.peek(without(put(), "authorization"))).isEmpty();
    assertThat(CredentialScope.peek(with(put(), "authorization", "Bearer x"))).isEmpty();
    assertThat(
            CredentialScope.peek(with(put(), "authorization", "AWS4-HMAC-SHA256 Credential=a/b")))
        .isEmpty();
  }
}
