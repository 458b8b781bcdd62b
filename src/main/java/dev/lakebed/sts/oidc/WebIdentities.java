package dev.lakebed.sts.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jwt.SignedJWT;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.oidc.CachedKeys.ProviderKeys;
import dev.lakebed.sts.outbound.Fetcher;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies web identity tokens. The algorithm must be an asymmetric one of a fixed list, and the
 * key must be one of the provider's: keys and addresses inside the token are not looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JWT best current practices</a>
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID
 *     Connect Core, section 3.1.3.7</a>
 */
public final class WebIdentities {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final ProviderKeys keys;
  private final Clock clock;

  public WebIdentities(Fetcher fetcher, Clock clock) {
    this.keys = new ProviderKeys(fetcher, clock);
    this.clock = clock;
  }

  /** Verifies a token of one of the providers of that account. */
  public WebIdentity verify(String token, String account, IdentityView identities) {
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      if (!ALGORITHMS.contains(parsed.getHeader().getAlgorithm())) {
        throw Reason.INVALID.because(
            "algorithm " + parsed.getHeader().getAlgorithm() + " is not accepted");
      }
      OidcProvider provider = provider(parsed, account, identities);
      OidcOptions options =
          identities
              .sts()
              .federation()
              .oidcOptions()
              .getOrDefault(provider.arn(), OidcOptions.DEFAULT);
      if (!isSigned(parsed, provider, options)) {
        throw Reason.INVALID.because("no key of the provider verifies the token");
      }
      return new ClaimReader(provider, options, parsed.getJWTClaimsSet()).read(clock.instant());
    } catch (ParseException | IllegalArgumentException | IllegalStateException malformed) {
      throw new IdentityException(Reason.INVALID, "not a signed JWT", malformed);
    }
  }

  /** The issuer must be the provider's, letter for letter. */
  private static OidcProvider provider(SignedJWT token, String account, IdentityView identities)
      throws ParseException {
    Map<String, Object> claims =
        Optional.ofNullable(token.getPayload().toJSONObject())
            .orElseThrow(() -> Reason.INVALID.because("no claims"));
    if (!(claims.get("iss") instanceof String issuer)) {
      throw Reason.INVALID.because("no issuer");
    }
    return identities
        .oidcProvider(providerArn(account, issuer))
        .filter(provider -> provider.url().equals(issuer))
        .orElseThrow(() -> Reason.INVALID.because("an issuer that is not known"));
  }

  /** The ARN of a provider; without scheme, whichever it has. */
  public static String providerArn(String account, String issuer) {
    String http = "http://";
    return OidcProvider.arn(
        account, issuer.startsWith(http) ? "https://" + issuer.substring(http.length()) : issuer);
  }

  private boolean isSigned(SignedJWT token, OidcProvider provider, OidcOptions options) {
    return keys.select(provider, options, token.getHeader()).stream()
        .anyMatch(key -> key instanceof AsymmetricJWK known && verifies(token, known));
  }

  private static boolean verifies(SignedJWT token, AsymmetricJWK key) {
    try {
      PublicKey used = key.toPublicKey();
      return ExternalIdentity.accepts(used)
          && token.verify(
              new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), used));
    } catch (JOSEException unusable) {
      return false;
    }
  }

  /** A verified web identity token: provider and client as it names them, and the mapped role. */
  public record WebIdentity(
      ExternalIdentity identity, String issuer, String audience, Optional<RoleArn> role) {}
}
