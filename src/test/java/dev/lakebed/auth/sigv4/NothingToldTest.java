package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.RefusalAssert.refused;
import static dev.lakebed.auth.sigv4.TestRequests.KEY;
import static dev.lakebed.auth.sigv4.TestRequests.SECRET;
import static dev.lakebed.auth.sigv4.TestRequests.at;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Request;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever has an access key id or a session token and not the secret learns nothing of what stands
 * behind it: the answer is the same whether the role is there, gone, revoked or expired.
 */
class NothingToldTest {
  private static final String DATE = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final String EXPIRES = "1767323645";

  private enum Sent {
    HEADER,
    QUERY,
    FORM,
    V2_HEADER,
    V2_QUERY
  }

  private static Authenticator over(String secret, Reason reason) {
    CredentialLookup ended =
        (id, token) ->
            new Credential(
                id,
                secret,
                () -> {
                  throw new AuthenticationException(reason, "The session was ended");
                });
    return new Authenticator(ended, at("2026-01-02T03:04:05Z"), SignatureSettings.DEFAULT);
  }

  private static Request request2(String authorization, String query) {
    return authorization.isEmpty()
        ? request("GET", "/b/k?" + query, headers("Host", "h"), new byte[0])
        : request(
            "GET",
            "/b/k",
            headers("Host", "h", "Date", DATE, "Authorization", authorization),
            new byte[0]);
  }

  private static void send(Authenticator authenticator, Sent sent) throws IOException {
    switch (sent) {
      case HEADER ->
          authenticator.authenticate(
              SdkSigner.header("s3").sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]), "s3");
      case QUERY ->
          authenticator.authenticate(
              SdkSigner.query().sign("GET", "/b/k", Map.of(), Map.of(), new byte[0]), "s3");
      case FORM -> {
        FormBody form = FormBody.valid();
        PostForm read = form.read();
        authenticator.authenticateForm(FormBody.request(form.text()), "b", read);
      }
      case V2_HEADER ->
          authenticator.authenticate(
              request2(LegacySigner.authorization("GET", "", "", DATE, "/b/k"), ""), "s3");
      case V2_QUERY ->
          authenticator.authenticate(
              request2("", LegacySigner.query(EXPIRES, "GET", "", "", EXPIRES, "/b/k")), "s3");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HEADER, INACTIVE_ACCESS_KEY",
    "HEADER, EXPIRED_SESSION_TOKEN",
    "HEADER, INVALID_SESSION_TOKEN",
    "QUERY, INACTIVE_ACCESS_KEY",
    "QUERY, EXPIRED_SESSION_TOKEN",
    "FORM, INACTIVE_ACCESS_KEY",
    "FORM, EXPIRED_SESSION_TOKEN",
    "V2_HEADER, INACTIVE_ACCESS_KEY",
    "V2_HEADER, EXPIRED_SESSION_TOKEN",
    "V2_QUERY, INACTIVE_ACCESS_KEY",
    "V2_QUERY, EXPIRED_SESSION_TOKEN"
  })
  void what_became_of_a_key_is_told_only_after_its_signature(Sent sent, Reason reason) {
    refused(Reason.SIGNATURE_MISMATCH, () -> send(over("another secret", reason), sent));
    refused(reason, () -> send(over(SECRET, reason), sent))
        .satisfies(e -> assertThat(e.details()).containsEntry("AWSAccessKeyId", KEY));
  }
}
