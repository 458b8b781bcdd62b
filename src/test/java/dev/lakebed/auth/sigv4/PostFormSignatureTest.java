package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.TestRequests.KEY;
import static dev.lakebed.auth.sigv4.TestRequests.SECRET;
import static dev.lakebed.auth.sigv4.TestRequests.at;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.knows;
import static dev.lakebed.auth.sigv4.TestRequests.knowsSession;
import static dev.lakebed.auth.sigv4.TestRequests.plus;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostForm.FileSizeException;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browser uploads: what the signed policy allows, and nothing else. */
@Evidence("contract-4.14")
class PostFormSignatureTest {
  private static Authenticated authenticate(FormBody form) throws IOException {
    return authenticate(authenticator(), form);
  }

  private static Authenticated authenticate(Authenticator authenticator, FormBody form)
      throws IOException {
    return authenticator.authenticateForm(FormBody.request(form.text()), "b", form.read());
  }

  @Test
  void a_form_that_its_signed_policy_allows_is_accepted() throws IOException {
    FormBody form = FormBody.valid();
    PostForm read = form.read();
    Authenticated authenticated =
        authenticator().authenticateForm(FormBody.request(form.text()), "b", read);
    assertThat(authenticated.authType()).isEqualTo(AuthType.POST_FORM);
    assertThat(authenticated.accessKeyId()).contains(KEY);
    assertThat(read.field("key")).contains("up/photo.jpg");
    assertThat(authenticated.request().body().open().readAllBytes())
        .isEqualTo("hello".getBytes(UTF_8));
  }

  @Test
  @Evidence("attack-35")
  void a_changed_policy_or_signature_is_refused() {
    FormBody changed = FormBody.valid();
    String signature = "0".repeat(64);
    refused(
        Reason.SIGNATURE_MISMATCH, () -> authenticate(changed.field("x-amz-signature", signature)));
    refused(
        Reason.SIGNATURE_MISMATCH, () -> authenticate(FormBody.valid().field("policy", "e30=")));
    refused(
        Reason.SIGNATURE_MISMATCH,
        () ->
            authenticate(
                FormBody.valid()
                    .field("x-amz-credential", KEY + "/20260102/elsewhere/s3/aws4_request")));
  }

  @Test
  @Evidence("attack-35")
  void an_expired_policy_is_refused() {
    refused(
        Reason.REQUEST_EXPIRED,
        () ->
            authenticate(
                new Authenticator(
                    knows(KEY, SECRET), at("2026-01-02T04:00:00Z"), SignatureSettings.DEFAULT),
                FormBody.valid()));
  }

  @ParameterizedTest
  @CsvSource({
    "key, other/k",
    "key, up",
    "Content-Type, text/html",
    "'Content-Type', 'image/png, text/html'",
    "x-amz-meta-extra, 1",
    "acl, public-read",
    "success_action_redirect, http://evil.example/",
    "bucket, other"
  })
  @Evidence("attack-35")
  void a_field_the_policy_does_not_allow_is_refused(String name, String value) {
    refused(Reason.POST_POLICY_VIOLATION, () -> authenticate(FormBody.valid().field(name, value)));
  }

  @Test
  @Evidence("attack-35")
  void a_field_the_policy_asks_for_may_not_be_missing() {
    refused(
        Reason.POST_POLICY_VIOLATION, () -> authenticate(FormBody.valid().without("Content-Type")));
  }

  @Test
  @Evidence("attack-35")
  void a_form_for_another_bucket_is_refused() throws IOException {
    FormBody form = FormBody.valid();
    PostForm read = form.read();
    refused(
        Reason.POST_POLICY_VIOLATION,
        () -> authenticator().authenticateForm(FormBody.request(form.text()), "other", read));
  }

  @Test
  @Evidence("attack-35")
  void the_expanded_file_name_counts_and_never_its_path() throws IOException {
    FormBody form =
        FormBody.valid()
            .policyWith("[\"starts-with\", \"$key\", \"up/\"]", "{\"key\": \"up/x.txt\"}")
            .file("..\\secret/x.txt", "hi");
    assertThat(authenticate(form).authType()).isEqualTo(AuthType.POST_FORM);
    refused(Reason.POST_POLICY_VIOLATION, () -> authenticate(form.file("../y.txt", "hi")));
  }

  @ParameterizedTest
  @CsvSource({"'', TOO_SMALL", "12345678901, TOO_LARGE"})
  @Evidence("attack-35")
  void a_file_outside_the_length_range_never_reaches_end_of_file(
      String content, FileSizeException.Reason reason) throws IOException {
    Authenticated authenticated = authenticate(FormBody.valid().file("f", content));
    assertThatExceptionOfType(FileSizeException.class)
        .isThrownBy(() -> authenticated.request().body().open().readAllBytes())
        .matches(e -> e.reason() == reason);
  }

  @Test
  void fields_to_ignore_need_no_condition() throws IOException {
    assertThat(authenticate(FormBody.valid().field("x-ignore-me", "1")).authType())
        .isEqualTo(AuthType.POST_FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature", "policy"})
  void a_signature_with_a_missing_field_names_the_field(String name) {
    refused(Reason.MALFORMED_FORM_FIELD, () -> authenticate(FormBody.valid().without(name)))
        .satisfies(e -> assertThat(e.details()).containsEntry("ArgumentName", name));
  }

  @Test
  void a_policy_without_any_signature_is_a_form_that_lost_it() {
    FormBody form =
        FormBody.valid()
            .without("x-amz-algorithm")
            .without("x-amz-credential")
            .without("x-amz-signature");
    refused(Reason.MALFORMED_FORM_FIELD, () -> authenticate(form))
        .satisfies(e -> assertThat(e.details()).containsEntry("ArgumentName", "x-amz-signature"));
  }

  /** AWS, "POST policy": each field of the form must appear in the conditions. */
  @Test
  void a_policy_that_does_not_name_the_bucket_is_good_for_none() {
    refused(
            Reason.POST_POLICY_VIOLATION,
            () -> authenticate(FormBody.valid().policyWith("{\"bucket\": \"b\"},", "")))
        .withMessage("Invalid according to Policy: Extra input fields: bucket");
  }

  @Test
  void a_policy_that_allows_any_bucket_says_so() throws IOException {
    FormBody form =
        FormBody.valid().policyWith("{\"bucket\": \"b\"}", "[\"starts-with\", \"$bucket\", \"\"]");
    assertThat(authenticate(form).authType()).isEqualTo(AuthType.POST_FORM);
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-credential, AKID/20260102/r/s3, MALFORMED_FORM_FIELD",
    "x-amz-credential, AKID/20260103/r/s3/aws4_request, MALFORMED_FORM_FIELD",
    "x-amz-credential, AKID/20260102/r/sts/aws4_request, MALFORMED_QUERY",
    "x-amz-algorithm, AWS4-HMAC-SHA1, MALFORMED_QUERY",
    "x-amz-date, 2026-01-02, MALFORMED_FORM_FIELD"
  })
  @Evidence("attack-14")
  void an_unreadable_scope_or_date_is_refused(String name, String value, Reason reason) {
    refused(reason, () -> authenticate(FormBody.valid().field(name, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWSAccessKeyId", "signature"})
  @Evidence("attack-13")
  void fields_of_both_versions_are_refused(String name) {
    refused(Reason.SEVERAL_SIGNATURES, () -> authenticate(FormBody.valid().field(name, KEY)));
  }

  @Test
  @Evidence("attack-13")
  void a_signature_in_the_header_beside_the_form_is_refused() throws IOException {
    FormBody form = FormBody.valid();
    PostForm read = form.read();
    String header =
        SdkSigner.header("s3")
            .sign("POST", "/b", Map.of(), Map.of(), new byte[0])
            .headers()
            .first("authorization")
            .orElseThrow();
    refused(
        Reason.SEVERAL_SIGNATURES,
        () ->
            authenticator()
                .authenticateForm(
                    plus(
                        plus(FormBody.request(form.text()), "authorization", header),
                        "x-amz-date",
                        "20260102T030405Z"),
                    "b",
                    read));
  }

  @Test
  @Evidence("attack-20")
  void a_session_may_sign_a_form() throws IOException {
    Authenticator sessions =
        new Authenticator(
            knowsSession(KEY, SECRET, "tok"),
            at("2026-01-02T03:30:00Z"),
            SignatureSettings.DEFAULT);
    refused(Reason.MISSING_SESSION_TOKEN, () -> authenticate(sessions, FormBody.valid()));
    FormBody form =
        FormBody.valid()
            .field("x-amz-security-token", "tok")
            .policyWith("{\"bucket\"", "{\"x-amz-security-token\": \"tok\"}, {\"bucket\"");
    assertThat(authenticate(sessions, form).accessKeyId()).contains(KEY);
  }

  @Test
  void a_form_without_signature_is_anonymous() throws IOException {
    FormBody form = new FormBody().field("key", "k");
    Authenticated authenticated = authenticate(form);
    assertThat(authenticated.authType()).isEqualTo(AuthType.ANONYMOUS);
    assertThat(authenticated.request().body().open().readAllBytes()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\"}",
        "{\"expiration\": 5, \"conditions\": []}",
        "{\"expiration\": \"tomorrow\", \"conditions\": []}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": {}}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [], \"more\": 1}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [], \"conditions\": []}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"ne\", \"$key\", \"\"]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"eq\", \"key\", \"\"]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"eq\", \"$key\"]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [\"eq\"]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [{\"key\": 1}]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"content-length-range\", -1,"
            + " 5]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"content-length-range\", 0,"
            + " 1e30]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"content-length-range\","
            + " \"+0\", \"5\"]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [[\"content-length-range\","
            + " 0, \"\u0665\"]]}",
        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": [{}]}",
        "not json"
      })
  void a_policy_with_anything_unknown_is_refused(String json) {
    refused(Reason.MALFORMED_POST_POLICY, () -> authenticate(FormBody.valid().policy(json)));
  }

  @Test
  void a_policy_that_is_not_base64_is_refused() {
    String text = "{not base64}";
    CredentialScope scope = new CredentialScope("20260102", "anywhere", "s3");
    FormBody form =
        FormBody.valid()
            .field("policy", text)
            .field("x-amz-signature", SigningKey.derive(SECRET, scope).sign(text));
    refused(Reason.MALFORMED_POST_POLICY, () -> authenticate(form));
  }

  @Test
  @Evidence("attack-56")
  void a_deeply_nested_policy_is_refused() {
    String nested = "[".repeat(20_000) + "]".repeat(20_000);
    refused(
        Reason.MALFORMED_POST_POLICY,
        () ->
            authenticate(
                FormBody.valid()
                    .policy(
                        "{\"expiration\": \"2026-01-02T04:00:00Z\", \"conditions\": "
                            + nested
                            + "}")));
  }
}
