package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.json.Json;
import java.time.Duration;

/**
 * Whatever is sent as token or assertion is refused with a modelled error, and never gives
 * credentials (issue 3, "Fuzzers").
 */
class FederationFuzzTest {
  private static final SamlProviderKit IDP = new SamlProviderKit();
  private static final StsServer SERVER = server();
  private static final String SIGNED =
      IDP.signed(
          SamlProviderKit.response("1", "alice", SERVER.clock.instant(), Worlds.role("Writer")),
          "a1");
  private static final String HEADER = "eyJhbGciOiJSUzI1NiJ9";

  private static StsServer server() {
    return new StsServer(
        """
        {"providers":[
          {"name":"corp","type":"saml","config":{"metadata":%s}},
          {"name":"k","type":"oidc","config":{"issuer":"https://idp.invalid","clientId":"c"}}],
         "roles":[{"roleName":"Writer","trustPolicy":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Principal":{"Federated":["%s",
            "arn:aws:iam::000000000000:oidc-provider/idp.invalid"]},"Action":"sts:*"}]}}]}
        """
            .formatted(Json.createValue(IDP.metadata()), SamlProviderKit.ARN));
  }

  @FuzzTest(maxDuration = "60s")
  void a_token_is_refused_in_a_modelled_way(FuzzedDataProvider data) {
    String token =
        data.consumeBoolean()
            ? HEADER + "." + data.consumeRemainingAsString()
            : data.consumeRemainingAsString();
    StsAnswer answer =
        SERVER.unsigned(
            "AssumeRoleWithWebIdentity",
            "RoleArn",
            Worlds.role("Writer"),
            "RoleSessionName",
            "fuzz",
            "WebIdentityToken",
            token);
    SERVER.clock.advance(Duration.ofMinutes(1));
    assertThat(answer.outcome())
        .isIn(
            "400 ValidationError",
            "400 InvalidIdentityToken",
            "400 IDPCommunicationError",
            "400 Throttling");
  }

  @FuzzTest(maxDuration = "60s")
  void an_assertion_is_refused_in_a_modelled_way(FuzzedDataProvider data) {
    String xml = SIGNED;
    if (data.consumeBoolean()) {
      int from = data.consumeInt(0, SIGNED.length());
      int to = data.consumeInt(from, SIGNED.length());
      xml = SIGNED.substring(0, from) + data.consumeString(200) + SIGNED.substring(to);
    } else {
      xml = data.consumeRemainingAsString();
    }
    StsAnswer answer =
        SERVER.unsigned(
            "AssumeRoleWithSAML",
            "RoleArn",
            Worlds.role("Writer"),
            "PrincipalArn",
            SamlProviderKit.ARN,
            "SAMLAssertion",
            SamlProviderKit.encoded(xml));
    if (answer.outcome().equals("200")) {
      assertThat(answer.text("Subject")).isEqualTo("alice");
    } else {
      assertThat(answer.outcome())
          .isIn(
              "400 ValidationError",
              "400 InvalidIdentityToken",
              "400 ExpiredTokenException",
              "403 IDPRejectedClaim",
              "400 Throttling");
    }
  }
}
