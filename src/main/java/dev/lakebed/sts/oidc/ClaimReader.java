package dev.lakebed.sts.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.oidc.Claims.TokenTags;
import dev.lakebed.sts.oidc.WebIdentities.WebIdentity;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the claims of a token whose signature is good, and says who it is. */
final class ClaimReader {
  /** How far the provider's clock may be from this one. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final int MAX_SUBJECT = 255;
  private static final String SOURCE_IDENTITY = "https://aws.amazon.com/source_identity";

  private final OidcProvider provider;
  private final OidcOptions options;
  private final JWTClaimsSet claims;
  private final Map<String, List<String>> flat;

  ClaimReader(OidcProvider provider, OidcOptions options, JWTClaimsSet claims) {
    this.provider = provider;
    this.options = options;
    this.claims = claims;
    this.flat = Claims.flatten(claims.getClaims());
  }

  WebIdentity read(Instant now) throws ParseException {
    String audience = audience();
    requireTimes(now);
    String subject = required("sub", claims.getSubject());
    if (subject.length() > MAX_SUBJECT) {
      throw Reason.INVALID.because("the subject is too long");
    }
    TokenTags tags = TokenTags.read(claims.getClaims(), options.tagKeys());
    Map<String, List<String>> keys = keys(audience);
    ExternalIdentity identity =
        new ExternalIdentity(
            provider.arn(),
            options.names(),
            subject,
            keys,
            Set.of("aws:federatedprovider", key("aud"), key("sub"), key("amr"), key("azp")),
            tags.values(),
            tags.transitive(),
            Optional.ofNullable(claims.getStringClaim(SOURCE_IDENTITY)),
            Optional.empty());
    return new WebIdentity(identity, provider.url(), audience, options.roles().role(this::mapped));
  }

  private List<String> mapped(String claim) {
    return flat.getOrDefault(options.claims().getOrDefault(claim, claim), List.of());
  }

  /**
   * The client that the token is for: azp, to whom it was issued, or one of its audiences.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif">AWS</a>
   */
  private String audience() throws ParseException {
    String party = claims.getStringClaim("azp");
    if (party != null && provider.clientIds().contains(party)) {
      return party;
    }
    return claims.getAudience().stream()
        .filter(provider.clientIds()::contains)
        .findFirst()
        .orElseThrow(() -> Reason.INVALID.because("the token is for another"));
  }

  private void requireTimes(Instant now) {
    Instant expires = required("exp", claims.getExpirationTime()).toInstant();
    Instant issued = required("iat", claims.getIssueTime()).toInstant();
    Date from = claims.getNotBeforeTime();
    if (issued.isAfter(now.plus(SKEW))
        || (from != null && from.toInstant().isAfter(now.plus(SKEW)))) {
      throw Reason.INVALID.because("the token is not valid yet");
    }
    if (!now.isBefore(expires)) {
      throw Reason.EXPIRED.because("the token expired at " + expires);
    }
  }

  private static <T> T required(String claim, @Nullable T value) {
    if (value == null) {
      throw Reason.INVALID.because("the token has no claim " + claim);
    }
    return value;
  }

  /** AWS's names, and the names {@code oidc:} that SeaweedFS gives them. */
  private Map<String, List<String>> keys(String audience) {
    Map<String, List<String>> keys = new HashMap<>();
    flat.forEach(
        (claim, values) -> {
          keys.put(key(claim), List.copyOf(values));
          keys.put("oidc:" + claim.toLowerCase(Locale.ROOT), List.copyOf(values));
        });
    keys.put(key("oaud"), claims.getAudience());
    keys.put(key("aud"), List.of(audience));
    keys.put("oidc:aud", List.of(audience));
    keys.put("aws:federatedprovider", List.of(provider.arn()));
    return keys;
  }

  private String key(String claim) {
    String name = provider.arn().substring(provider.arn().indexOf('/') + 1);
    return (name + ":" + claim).toLowerCase(Locale.ROOT);
  }
}
