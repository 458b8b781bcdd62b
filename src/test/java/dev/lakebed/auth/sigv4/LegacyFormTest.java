package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.TestRequests.KEY;
import static dev.lakebed.auth.sigv4.TestRequests.SECRET;
import static dev.lakebed.auth.sigv4.TestRequests.at;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.knowsSession;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Browser forms signed by version 2.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html">AWS, HTML
 *     forms</a>
 */
class LegacyFormTest {
  private static final String POLICY =
      """
      {"expiration": "2026-01-02T04:00:00Z", "conditions": [
        {"bucket": "b"}, ["starts-with", "$key", "up/"], ["content-length-range", 1, 10]]}\
      """;

  private static FormBody form(String policy) {
    String base64 = Base64.getEncoder().encodeToString(policy.getBytes(UTF_8));
    return new FormBody()
        .field("key", "up/a")
        .field("AWSAccessKeyId", KEY)
        .field("policy", base64)
        .field("signature", LegacySigner.sign(base64));
  }

  private static Authenticated authenticate(Authenticator authenticator, FormBody form)
      throws IOException {
    return authenticator.authenticateForm(FormBody.request(form.text()), "b", form.read());
  }

  private static Authenticated authenticate(FormBody form) throws IOException {
    return authenticate(authenticator(), form);
  }

  @Test
  @Evidence("rule-26")
  void a_form_that_its_signed_policy_allows_is_accepted() throws IOException {
    Authenticated authenticated = authenticate(form(POLICY));
    assertThat(authenticated.authType()).isEqualTo(AuthType.POST_FORM);
    assertThat(authenticated.accessKeyId()).contains(KEY);
    assertThat(authenticated.scope()).contains(SignedScope.VERSION_2);
    assertThat(authenticated.request().body().open().readAllBytes()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "signature, AAAA, SIGNATURE_MISMATCH",
    "policy, e30=, SIGNATURE_MISMATCH",
    "key, other/k, POST_POLICY_VIOLATION",
    "acl, public-read, POST_POLICY_VIOLATION",
    "bucket, other, POST_POLICY_VIOLATION",
    "x-amz-security-token, t, POST_POLICY_VIOLATION",
    "x-amz-signature, 00, SEVERAL_SIGNATURES",
    "x-amz-credential, A/20260102/r/s3/aws4_request, SEVERAL_SIGNATURES",
    "x-amz-algorithm, AWS4-HMAC-SHA256, SEVERAL_SIGNATURES"
  })
  @Evidence("attack-35")
  void a_field_that_the_policy_does_not_allow_is_refused(String name, String value, Reason reason) {
    refused(reason, () -> authenticate(form(POLICY).field(name, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWSAccessKeyId", "signature", "policy"})
  void a_missing_field_of_the_signature_is_refused(String name) {
    refused(Reason.MALFORMED_FORM_FIELD, () -> authenticate(form(POLICY).without(name)));
  }

  @Test
  @Evidence("attack-35")
  void a_policy_without_bucket_is_good_for_none() {
    refused(
            Reason.POST_POLICY_VIOLATION,
            () -> authenticate(form(POLICY.replace("{\"bucket\": \"b\"}, ", ""))))
        .withMessage("Invalid according to Policy: Extra input fields: bucket");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z, REQUEST_EXPIRED",
    "2026-01-09T03:19:05Z, ",
    "2026-01-09T03:19:06Z, MALFORMED_QUERY",
    "+999999999-12-31T23:59:59Z, MALFORMED_QUERY"
  })
  @Evidence("attack-35")
  void a_policy_lives_for_seven_days_at_most(String expiration, Reason reason) throws IOException {
    FormBody form = form(POLICY.replace("2026-01-02T04:00:00Z", expiration));
    if (reason == null) {
      assertThat(authenticate(form).accessKeyId()).contains(KEY);
    } else {
      refused(reason, () -> authenticate(form));
    }
  }

  @Test
  @Evidence("attack-20")
  void a_session_may_sign_a_form() throws IOException {
    Authenticator sessions =
        new Authenticator(
            knowsSession(KEY, SECRET, "tok"),
            at("2026-01-02T03:04:05Z"),
            SignatureSettings.DEFAULT);
    refused(Reason.MISSING_SESSION_TOKEN, () -> authenticate(sessions, form(POLICY)));
    String policy =
        POLICY.replace("{\"bucket\"", "{\"x-amz-security-token\": \"tok\"}, {\"bucket\"");
    assertThat(
            authenticate(sessions, form(policy).field("x-amz-security-token", "tok")).accessKeyId())
        .contains(KEY);
  }

  @Test
  @Evidence("rule-26")
  void where_it_is_switched_off_the_refusal_says_what_to_set() {
    SignatureSettings off =
        new SignatureSettings(
            Optional.empty(), List.of(), peer -> false, 1024, false, false, VirtualHosts.NONE);
    refused(Reason.UNSUPPORTED_AUTHENTICATION, () -> authenticate(authenticator(off), form(POLICY)))
        .withMessageContaining("LAKEBED_SIGV2=true");
  }
}
