package dev.lakebed.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lakebed.kit.TestServer;
import dev.lakebed.sts.TokenForge.Forged;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.oidc.WebIdentities;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.Prompt;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever is made of good tokens is refused in the declared way, unless it is letter for letter
 * what the provider signed, for this server and for now (RFC 8725).
 */
@Evidence("attack-21")
class TokenFuzzTest {
  private static final String ISSUER = "https://idp.example";
  private static final TestServer SERVER =
      TestServer.of(
          """
          {"providers":[{"name":"k","type":"oidc","config":{
            "issuer":"https://idp.example","clientId":"lakebed","jwksUri":"https://idp.example/k"}}]}
          """);
  private static final JWK KEY = IdentityServer.rsa("k");
  private static final JWK CURVE = IdentityServer.ec(Curve.P_256, "e");
  private static final JWK STRANGER = IdentityServer.rsa("k");
  private static final WebIdentities TOKENS =
      new WebIdentities(
          destination ->
              new JWKSet(List.of(KEY, CURVE)).toPublicJWKSet().toString(true).getBytes(UTF_8),
          SERVER.clock);
  private static final String RSA = token("alice", "lakebed", 300, JWSAlgorithm.RS256, KEY);
  private static final String EC = token("alice", "lakebed", 300, JWSAlgorithm.ES256, CURVE);
  private static final String LATE = token("mallory", "lakebed", -1, JWSAlgorithm.RS256, KEY);
  private static final String OTHERS = token("mallory", "other", 300, JWSAlgorithm.RS256, KEY);

  private static String token(
      String subject, String audience, int seconds, JWSAlgorithm algorithm, JWK key) {
    Date end = Date.from(SERVER.clock.instant().plusSeconds(seconds));
    return IdentityServer.token(
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(subject)
            .audience(audience)
            .issueTime(Date.from(SERVER.clock.instant().minusSeconds(60)))
            .expirationTime(end)
            .build(),
        algorithm,
        key);
  }

  @Test
  void what_is_changed_was_good() {
    assertThat(subject(RSA)).contains("alice");
    assertThat(subject(EC)).contains("alice");
    assertThat(subject(LATE)).isEmpty();
    assertThat(subject(OTHERS)).isEmpty();
  }

  @FuzzTest(maxDuration = "10m")
  void a_token_is_refused_or_is_what_was_signed(FuzzedDataProvider data) throws Throwable {
    Prompt.run(() -> check(data));
  }

  private static void check(FuzzedDataProvider data) throws JsonProcessingException {
    if (data.consumeBoolean()) {
      changed(data);
    } else {
      forged(new TokenForge(data, (RSAKey) KEY, (RSAKey) STRANGER, RSA).forge());
    }
  }

  /** Good and genuine tokens, their parts exchanged, replaced and repeated. */
  private static void changed(FuzzedDataProvider data) {
    String[] parts = data.pickValue(List.of(RSA, EC, LATE, OTHERS)).split("\\.");
    int part = data.consumeInt(0, 2);
    if (data.consumeBoolean()) {
      parts[part] = data.pickValue(List.of(RSA, EC, LATE, OTHERS)).split("\\.")[part];
    } else {
      parts[part] = Texts.changed(parts[part], data);
    }
    String token = String.join(".", parts);
    assertThat(subject(token)).isIn(Optional.empty(), Optional.of("alice"));
    if (subject(token).isPresent()) {
      // The library trims; the parameter cannot have anything to trim.
      assertThat(token.trim()).satisfiesAnyOf(t -> signs(t, RSA), t -> signs(t, EC));
    }
  }

  private static void signs(String token, String good) {
    assertThat(token).startsWith(good.substring(0, good.lastIndexOf('.') + 1));
  }

  /** What the provider signed must still be for this server; members given twice: the last. */
  private static void forged(Forged forged) throws JsonProcessingException {
    Optional<String> subject = subject(forged.token());
    if (subject.isEmpty()) {
      return;
    }
    assertThat(forged.genuine()).isTrue();
    String[] parts = forged.token().split("\\.");
    assertThat(json(parts[0]).path("alg").asText()).isEqualTo("RS256");
    JsonNode claims = json(parts[1]);
    long now = SERVER.clock.instant().getEpochSecond();
    assertThat(claims.path("iss").asText()).isEqualTo(ISSUER);
    assertThat(claims.path("sub").asText()).isEqualTo(subject.get());
    assertThat(claims.path("exp").asDouble()).isGreaterThan(now);
    assertThat(claims.path("iat").asDouble(now * 2.0)).isLessThanOrEqualTo(now + 61);
    assertThat(claims.path("nbf").asDouble(0)).isLessThanOrEqualTo(now + 61);
    String audiences = claims.path("aud") + "," + claims.path("azp");
    assertThat(audiences).contains("\"lakebed\"");
  }

  private static JsonNode json(String part) throws JsonProcessingException {
    return new ObjectMapper().readTree(new String(Base64.getUrlDecoder().decode(part), UTF_8));
  }

  /** Who it is; empty when refused. */
  private static Optional<String> subject(String token) {
    try {
      return Optional.of(
          TOKENS.verify(token, "000000000000", SERVER.directory.snapshot()).identity().subject());
    } catch (IdentityException refused) {
      return Optional.empty();
    }
  }
}
