package dev.lakebed.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lakebed.iam.model.SamlOptions;
import dev.lakebed.iam.model.SamlProvider;
import dev.lakebed.sts.identity.IdentityException;
import dev.lakebed.sts.oidc.WebIdentities;
import dev.lakebed.sts.saml.SamlIdentities;
import java.util.Date;
import org.junit.jupiter.api.Test;

/**
 * Whatever is made of a good token or assertion is refused in the declared way, or says what was
 * signed (issue 3, "Fuzzers").
 */
class FederationFuzzTest {
  private static final StsServer SERVER =
      new StsServer(
          """
          {"providers":[{"name":"k","type":"oidc","config":{
            "issuer":"https://idp.example","clientId":"lakebed","jwksUri":"https://idp.example/k"}}]}
          """);
  private static final JWK KEY = IdentityServer.rsa("k");
  private static final WebIdentities TOKENS =
      new WebIdentities(
          destination -> new JWKSet(KEY).toPublicJWKSet().toString(true).getBytes(UTF_8),
          SERVER.clock);
  private static final String TOKEN =
      IdentityServer.token(
          new JWTClaimsSet.Builder()
              .issuer("https://idp.example")
              .subject("alice")
              .audience("lakebed")
              .issueTime(Date.from(SERVER.clock.instant()))
              .expirationTime(Date.from(SERVER.clock.instant().plusSeconds(300)))
              .build(),
          JWSAlgorithm.RS256,
          KEY);

  private static final SamlProviderKit IDP = new SamlProviderKit();
  private static final SamlProvider PROVIDER =
      new SamlProvider(SamlProviderKit.ARN, IDP.metadata());
  private static final SamlIdentities ASSERTIONS =
      new SamlIdentities(SERVER.clock, SERVER.assertions);
  private static final String ASSERTION =
      IDP.signed(
          SamlProviderKit.response("1", "alice", SERVER.clock.instant(), Worlds.role("Writer")),
          "a1");

  @Test
  void what_is_changed_was_good() {
    assertThat(subject(TOKEN)).isEqualTo("alice");
    assertThat(samlSubject(ASSERTION)).isEqualTo("alice");
  }

  @FuzzTest(maxDuration = "60s")
  void a_token_is_refused_or_says_what_was_signed(FuzzedDataProvider data) {
    assertThat(subject(changed(TOKEN, data))).isIn("refused", "alice");
  }

  @FuzzTest(maxDuration = "60s")
  void an_assertion_is_refused_or_says_what_was_signed(FuzzedDataProvider data) {
    assertThat(samlSubject(changed(ASSERTION, data))).isIn("refused", "alice");
  }

  /** Another text, or the good one with a part replaced or repeated elsewhere. */
  private static String changed(String good, FuzzedDataProvider data) {
    if (data.consumeInt(0, 9) == 0) {
      return data.consumeRemainingAsString();
    }
    int from = data.consumeInt(0, good.length());
    int to = data.consumeInt(from, good.length());
    if (data.consumeBoolean()) {
      int at = data.consumeInt(0, good.length());
      return good.substring(0, at) + good.substring(from, to) + good.substring(at);
    }
    return good.substring(0, from) + data.consumeRemainingAsString() + good.substring(to);
  }

  private static String subject(String token) {
    try {
      return TOKENS.verify(token, "000000000000", SERVER.directory.snapshot()).identity().subject();
    } catch (IdentityException refused) {
      return "refused";
    }
  }

  private static String samlSubject(String xml) {
    try {
      return ASSERTIONS
          .verify(SamlProviderKit.encoded(xml), PROVIDER, SamlOptions.DEFAULT)
          .subject();
    } catch (IdentityException refused) {
      return "refused";
    }
  }
}
