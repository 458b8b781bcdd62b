package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.RefusalAssert.spoiled;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.bytes;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static dev.lakebed.auth.sigv4.TestRequests.withBytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.payload.PayloadException.Reason;
import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import dev.lakebed.auth.sigv4.TimeLimits.Timestamp;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests to services but S3: double and single encoding of the path, hash of the body absent, in
 * hex or in Base64.
 */
@Evidence({
  "contract-0.3",
  "contract-4.3",
  "seaweedfs-1.3",
  "catalog-A3",
  "catalog-A4",
  "catalog-H5"
})
class ServiceRequestTest {
  private static final byte[] BODY = bytes("{\"name\":\"t\"}");

  /**
   * Signs as the given client does: hash line always hexadecimal, header as the client sends it.
   */
  private static Request signed(
      String service,
      String path,
      String canonicalPath,
      Optional<String> sentHash,
      String hashLine) {
    CredentialScope scope = new CredentialScope("20260102", "anywhere", service);
    Headers.Builder headers =
        Headers.builder().add("Host", "store.local").add("X-Amz-Date", "20260102T030405Z");
    String names =
        sentHash.isPresent() ? "host;x-amz-content-sha256;x-amz-date" : "host;x-amz-date";
    sentHash.ifPresent(hash -> headers.add("x-amz-content-sha256", hash));
    String block =
        "host:store.local\n"
            + sentHash.map(hash -> "x-amz-content-sha256:" + hash + "\n").orElse("")
            + "x-amz-date:20260102T030405Z\n";
    String stringToSign =
        new CanonicalRequest(String.join("\n", "POST", canonicalPath, "", block, names, hashLine))
            .stringToSign(Timestamp.parseBasic("20260102T030405Z").orElseThrow(), scope);
    String signature = SigningKey.derive(TestRequests.SECRET, scope).sign(stringToSign);
    headers.add(
        "Authorization",
        TestRequests.authorization(TestRequests.KEY, scope.text(), names, signature));
    return request("POST", path, headers.build(), BODY);
  }

  private static void authenticate(Request request, String service) throws IOException {
    Authenticated authenticated = authenticator().authenticate(request, service);
    assertThat(authenticated.authType()).isEqualTo(AuthType.HEADER);
    assertThat(authenticated.request().body().length()).hasValue(BODY.length);
    assertThat(authenticated.request().body().open().readAllBytes()).isEqualTo(BODY);
  }

  @Test
  @Evidence("rule-12")
  void a_base64_hash_is_accepted_as_icebergs_client_sends_it() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(Sha256.of(BODY));
    Request request =
        signed(
            "s3tables", "/iceberg/v1/x", "/iceberg/v1/x", Optional.of(base64), Sha256.hexOf(BODY));
    authenticate(request, "s3tables");
    spoiled(
        Reason.SHA256_MISMATCH,
        () -> authenticate(withBytes(request, bytes("{\"name\":\"u\"}")), "s3tables"));
  }

  @Test
  @Evidence("rule-13")
  void a_hex_hash_and_no_hash_are_accepted() throws IOException {
    String hex = Sha256.hexOf(BODY);
    authenticate(signed("sts", "/", "/", Optional.of(hex), hex), "sts");
    authenticate(signed("iam", "/", "/", Optional.empty(), hex), "iam");
  }

  @Test
  void a_changed_body_without_sent_hash_is_a_signature_mismatch() {
    Request request = signed("sts", "/", "/", Optional.empty(), Sha256.hexOf(BODY));
    refused(
        AuthenticationException.Reason.SIGNATURE_MISMATCH,
        () -> authenticate(withBytes(request, bytes("Action=Other")), "sts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/buckets/arn%253Aaws%253Abucket%252Fwh/%C3%A9",
        "/buckets/arn%3Aaws%3Abucket%2Fwh/%C3%A9",
        "/buckets/arn%253Aaws%253Abucket%252Fwh/%25C3%25A9"
      })
  void the_path_may_be_signed_encoded_twice_or_once(String canonicalPath) throws IOException {
    String wire = "/buckets/arn%3Aaws%3Abucket%2Fwh/%C3%A9";
    Request request = signed("s3tables", wire, canonicalPath, Optional.empty(), Sha256.hexOf(BODY));
    if (canonicalPath.startsWith("/buckets/arn%253A") && canonicalPath.endsWith("%C3%A9")) {
      refused(
          AuthenticationException.Reason.SIGNATURE_MISMATCH,
          () -> authenticate(request, "s3tables"));
    } else {
      authenticate(request, "s3tables");
    }
  }

  @Test
  void s3_does_not_accept_the_path_encoded_twice() {
    Request request =
        signed("s3", "/b/a%3Ab", "/b/a%253Ab", Optional.of("UNSIGNED-PAYLOAD"), "UNSIGNED-PAYLOAD");
    refused(AuthenticationException.Reason.SIGNATURE_MISMATCH, () -> authenticate(request, "s3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNSIGNED-PAYLOAD",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "abc",
        "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ==",
        "LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
      })
  void another_payload_form_is_refused(String value) {
    Request request = signed("sts", "/", "/", Optional.of(value), value);
    refused(
        AuthenticationException.Reason.INVALID_CONTENT_SHA256, () -> authenticate(request, "sts"));
  }

  @Test
  void an_unsigned_payload_is_accepted_when_configured() throws IOException {
    SignatureSettings open =
        new SignatureSettings(
            Optional.empty(), List.of(), peer -> false, 1024, true, true, VirtualHosts.NONE);
    Request request = signed("sts", "/", "/", Optional.of("UNSIGNED-PAYLOAD"), "UNSIGNED-PAYLOAD");
    assertThat(authenticator(open).authenticate(request, "sts").authType())
        .isEqualTo(AuthType.HEADER);
  }

  @Test
  @Evidence("attack-56")
  void a_body_above_the_limit_is_refused_whether_its_length_is_known_or_not() {
    SignatureSettings small =
        new SignatureSettings(
            Optional.empty(),
            List.of(),
            peer -> false,
            BODY.length - 1,
            false,
            true,
            VirtualHosts.NONE);
    Request request = signed("sts", "/", "/", Optional.empty(), Sha256.hexOf(BODY));
    spoiled(Reason.TOO_LARGE, () -> authenticator(small).authenticate(request, "sts"));
    spoiled(
        Reason.TOO_LARGE,
        () ->
            authenticator(small)
                .authenticate(request.withBody(new Announced(BODY, OptionalLong.empty())), "sts"));
  }

  @Test
  @Evidence("attack-7")
  void a_body_shorter_than_its_length_is_incomplete() {
    Request request = signed("sts", "/", "/", Optional.empty(), Sha256.hexOf(BODY));
    spoiled(
        Reason.INCOMPLETE,
        () ->
            authenticator()
                .authenticate(
                    request.withBody(new Announced(BODY, OptionalLong.of(BODY.length + 1))),
                    "sts"));
  }

  @Test
  void a_presigned_request_to_another_service_signs_the_hash_of_its_empty_body()
      throws IOException {
    SdkSigner signer = SdkSigner.query();
    Request request =
        new SdkSigner(
                signer.key(),
                signer.secret(),
                Optional.empty(),
                "sts",
                true,
                true,
                false,
                Optional.empty())
            .sign(
                "GET",
                "/",
                Map.of("Action", List.of("GetCallerIdentity"), "Version", List.of("2011-06-15")),
                Map.of(),
                new byte[0]);
    assertThat(authenticator().authenticate(request, "sts").authType()).isEqualTo(AuthType.QUERY);
  }

  @Test
  void a_request_without_signature_keeps_its_body_in_memory() throws IOException {
    Request request =
        request("POST", "/", headers("Host", "h"), bytes("Action=AssumeRoleWithWebIdentity"));
    Authenticated authenticated = authenticator().authenticate(request, "sts");
    assertThat(authenticated.authType()).isEqualTo(AuthType.ANONYMOUS);
    assertThat(authenticated.request().body().open().readAllBytes()).isEqualTo(bytes(request));
  }

  /** Tables and table buckets are never public; IAM serves nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"s3tables", "iam"})
  void an_unsigned_request_to_a_closed_service_is_refused_from_its_head(String service) {
    Request request = request("POST", "/", headers("Host", "h"), BODY).withBody(UNREADABLE);
    refused(
        AuthenticationException.Reason.MISSING_AUTHENTICATION,
        () -> authenticator().authenticate(request, service));
  }

  @Test
  void an_unsigned_log_in_is_read_up_to_the_size_of_an_assertion() throws IOException {
    Request request = request("POST", "/", headers("Host", "h"), new byte[160 * 1024]);
    assertThat(authenticator().authenticate(request, "sts").request().body().length())
        .hasValue(160 * 1024);
    spoiled(
        Reason.TOO_LARGE,
        () -> authenticator().authenticate(withBytes(request, new byte[160 * 1024 + 1]), "sts"));
  }

  @Test
  void a_wrong_signature_over_an_announced_hash_is_refused_without_the_body() {
    Request request = signed("sts", "/", "/", Optional.of(Sha256.hexOf(BODY)), Sha256.EMPTY);
    refused(
        AuthenticationException.Reason.SIGNATURE_MISMATCH,
        () -> authenticator().authenticate(request.withBody(UNREADABLE), "sts"));
  }

  @Test
  void an_unknown_key_is_refused_without_the_body() {
    Request request = signed("sts", "/", "/", Optional.empty(), Sha256.hexOf(BODY));
    Request unknown =
        TestRequests.with(
            request,
            "authorization",
            request
                .headers()
                .first("authorization")
                .orElseThrow()
                .replace(TestRequests.KEY, "AKIDUNKNOWN000000000"));
    refused(
        AuthenticationException.Reason.UNKNOWN_ACCESS_KEY,
        () -> authenticator().authenticate(unknown.withBody(UNREADABLE), "sts"));
  }

  /** A body that must be left alone. */
  private static final RequestBody UNREADABLE =
      new RequestBody() {
        @Override
        public OptionalLong length() {
          return OptionalLong.of(BODY.length);
        }

        @Override
        public InputStream open() {
          throw new AssertionError("the body was read");
        }
      };

  @Test
  @Evidence("rule-16")
  void query_order_and_empty_values_do_not_matter() {
    QueryParameters query = QueryParameters.parse("b=2&a-b=1&a=%20x&uploads&a=1&a=%2B");
    assertThat(CanonicalRequest.query(query, false))
        .isEqualTo("a=%20x&a=%2B&a=1&a-b=1&b=2&uploads=");
  }

  private record Announced(
      @SuppressWarnings("ArrayRecordComponent") byte[] content, OptionalLong length)
      implements RequestBody {
    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }

  /** AWS's words of every service but S3; S3 has RequestTimeTooSkewed. */
  @ParameterizedTest
  @CsvSource({
    "sts, 2026-01-02T03:24:05Z, Signature expired: 20260102T030405Z is now earlier than"
        + " 20260102T030905Z (20260102T032405Z - 15 min.)",
    "iam, 2026-01-02T02:44:05Z, Signature not yet current: 20260102T030405Z is still later than"
        + " 20260102T025905Z (20260102T024405Z + 15 min.)",
    "s3tables, 2026-01-03T03:24:05Z, Signature expired: 20260102T030405Z is now earlier than"
        + " 20260103T030905Z (20260103T032405Z - 15 min.)"
  })
  @Evidence("attack-16")
  void a_signature_that_is_too_old_or_too_new_says_so(String service, String now, String message) {
    Request request = signed(service, "/", "/", Optional.empty(), Sha256.hexOf(BODY));
    Authenticator then =
        new Authenticator(
            TestRequests.knows(TestRequests.KEY, TestRequests.SECRET),
            TestRequests.at(now),
            SignatureSettings.DEFAULT);
    refused(AuthenticationException.Reason.TIME_SKEWED, () -> then.authenticate(request, service))
        .withMessage(message);
  }

  @Test
  @Evidence("attack-14")
  void a_signature_for_another_service_says_which_to_sign_for() {
    Request request = signed("s3", "/", "/", Optional.empty(), Sha256.hexOf(BODY));
    refused(
            AuthenticationException.Reason.SIGNATURE_MISMATCH,
            () -> authenticator().authenticate(request, "sts"))
        .withMessageStartingWith("Credential should be scoped to correct service: 'sts'.");
  }
}
