package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * GetWebIdentityToken, GetAccessKeyInfo and the limits of the user's tokens, by AWS's reference.
 */
class WebTokenTest {
  private final TestServer server = TestServer.of(config("https://lake.example/-/oidc"));

  private static String config(String issuer) {
    return Worlds.CLOSED.replaceFirst("\\{", "{\"sts\":{\"issuer\":\"" + issuer + "\"},");
  }

  private Answer token(Keys who, String... more) {
    String[] all = new String[4 + more.length];
    all[0] = "Audience.member.1";
    all[1] = "partner";
    all[2] = "SigningAlgorithm";
    all[3] = "RS256";
    System.arraycopy(more, 0, all, 4, more.length);
    return server.sts(who, "GetWebIdentityToken", all);
  }

  private Keys session(String seconds) {
    return server.session(
        server.assume(
            server.key("AKADMIN"),
            "RoleArn",
            Worlds.role("Plain"),
            "RoleSessionName",
            "ab",
            "DurationSeconds",
            seconds));
  }

  @Test
  void the_token_speaks_of_the_role_and_not_of_the_session() throws ParseException {
    Answer answer = token(session("3600"), "Tags.member.1.Key", "team", "Tags.member.1.Value", "a");
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.element("Expiration")).isEqualTo("2026-11-22T10:05:00Z");
    JWTClaimsSet claims = SignedJWT.parse(answer.element("WebIdentityToken")).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo(Worlds.role("Plain"));
    assertThat(claims.getIssuer()).isEqualTo("https://lake.example/-/oidc");
    assertThat(claims.getJSONObjectClaim("https://sts.amazonaws.com/"))
        .containsEntry("aws_account", "000000000000")
        .containsEntry("request_tags", Map.of("team", "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "DurationSeconds, 60, ok",
    "DurationSeconds, 3600, ok",
    "DurationSeconds, 59, 400 ValidationError",
    "DurationSeconds, 3601, 400 ValidationError",
    "SigningAlgorithm2, x, 400 ValidationError",
    "Audience.member.2, '', 400 ValidationError"
  })
  void parameters_are_checked(String name, String value, String outcome) {
    assertThat(token(server.key("AKADMIN"), name, value).outcome()).isEqualTo(outcome);
  }

  @Test
  void algorithm_and_audience_are_required() {
    assertThat(
            server
                .sts(server.key("AKADMIN"), "GetWebIdentityToken", "Audience.member.1", "x")
                .outcome())
        .isEqualTo("400 ValidationError");
    assertThat(
            server
                .sts(
                    server.key("AKADMIN"),
                    "GetWebIdentityToken",
                    "SigningAlgorithm",
                    "HS256",
                    "Audience.member.1",
                    "x")
                .outcome())
        .isEqualTo("400 ValidationError");
    assertThat(
            server
                .sts(server.key("AKADMIN"), "GetWebIdentityToken", "SigningAlgorithm", "ES384")
                .outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void a_token_does_not_outlive_its_session() {
    assertThat(token(session("900"), "DurationSeconds", "900").outcome()).isEqualTo("ok");
    assertThat(token(session("900"), "DurationSeconds", "3600").outcome())
        .isEqualTo("403 SessionDurationEscalationException");
  }

  @Test
  void it_needs_permission_and_a_signature() {
    assertThat(token(server.key("AKOTHER")).outcome()).isEqualTo("403 AccessDenied");
  }

  /**
   * A token of the role would outlive the narrowing: whoever it is shown to knows the role only.
   */
  @ParameterizedTest
  @CsvSource({
    "s3:Get*, 403 AccessDenied",
    "sts:GetCallerIdentity, 403 AccessDenied",
    "sts:GetWebIdentityToken, ok",
    "*, ok"
  })
  @Evidence("attack-24")
  void a_session_policy_limits_who_gets_a_token(String action, String outcome) {
    Answer narrowed =
        server.assume(
            server.key("AKADMIN"),
            "RoleArn",
            Worlds.role("Plain"),
            "RoleSessionName",
            "ab",
            "Policy",
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}]}"
                .formatted(action));
    Answer answer = token(server.session(narrowed));
    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text().contains("<WebIdentityToken>")).isEqualTo(outcome.equals("ok"));
  }

  @Test
  void without_url_as_issuer_there_are_no_tokens() {
    TestServer none = TestServer.of(config("seaweedfs-sts"));
    assertThat(
            none.sts(
                    none.key("AKADMIN"),
                    "GetWebIdentityToken",
                    "Audience.member.1",
                    "x",
                    "SigningAlgorithm",
                    "RS256")
                .outcome())
        .isEqualTo("403 OutboundWebIdentityFederationDisabledException");
    assertThat(none.client(Keys.NONE, "sts").send("GET", "/-/oidc/jwks").status()).isEqualTo(404);
  }

  @Test
  void published_keys_have_no_private_part() {
    String keys = server.client(Keys.NONE, "sts").send("GET", "/-/oidc/jwks").text();
    assertThat(keys).contains("\"kty\":\"RSA\"", "\"kty\":\"EC\"").doesNotContain("\"d\":");
  }

  @ParameterizedTest
  @CsvSource({
    "GetSessionToken, 900, ok",
    "GetSessionToken, 129600, ok",
    "GetSessionToken, 899, 400 ValidationError",
    "GetSessionToken, 129601, 400 ValidationError",
    "GetFederationToken, 900, ok",
    "GetFederationToken, 129600, ok",
    "GetFederationToken, 899, 400 ValidationError",
    "GetFederationToken, 129601, 400 ValidationError"
  })
  @Evidence("attack-26")
  void limits_of_tokens_of_users(String action, String seconds, String outcome) {
    Answer answer =
        action.equals("GetSessionToken")
            ? server.sts(server.key("AKADMIN"), action, "DurationSeconds", seconds)
            : server.sts(server.key("AKADMIN"), action, "DurationSeconds", seconds, "Name", "fed");
    assertThat(answer.outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "AKKEEPER, 400 ValidationError",
    "AKIAAAAAAAAAAAAAAAAA, 400 ValidationError",
    "'AKIA-AAAAAAAAAAAAAAA', 400 ValidationError"
  })
  void access_key_info_knows_its_own_keys_alone(String id, String outcome) {
    assertThat(server.sts(server.key("AKADMIN"), "GetAccessKeyInfo", "AccessKeyId", id).outcome())
        .isEqualTo(outcome);
  }
}
