package dev.lakebed.sts.saml;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.iam.model.SafeXml.MalformedSamlException;
import dev.lakebed.iam.model.SamlMetadata;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import dev.lakebed.iam.store.BoundPrincipals.DatabaseFailures;
import dev.lakebed.storage.metadata.iam.UsedAssertions;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies responses of SAML identity providers. Times are looked at only after the signature, so
 * that a forged response is never called expired.
 */
public final class SamlIdentities {
  /** Letters of the metadata documents that are kept read. */
  private static final long MOST_LETTERS = 8L << 20;

  private final Clock clock;
  private final UsedAssertions used;
  private final Cache<String, SamlMetadata> metadata =
      Caffeine.newBuilder()
          .maximumWeight(MOST_LETTERS)
          .weigher((String document, SamlMetadata read) -> document.length())
          .build();

  /** {@code used} are the assertions that gave credentials, on any node. */
  public SamlIdentities(Clock clock, UsedAssertions used) {
    this.clock = clock;
    this.used = used;
  }

  /** Verifies the parameter SAMLAssertion. */
  public SamlIdentity verify(String base64, SamlProvider provider, SamlOptions options) {
    try {
      SamlMetadata known = known(provider);
      if (known.validUntil().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
        throw Reason.INVALID.because("the provider's metadata has expired");
      }
      SignedResponse signed =
          SignedResponse.verify(SafeXml.parse(decode(base64)), known.certificates());
      return new AssertionReader(provider, known, signed)
          .read(new Conditions(options, clock.instant()));
    } catch (MalformedSamlException malformed) {
      throw new IdentityException(Reason.INVALID, "not a SAML response", malformed);
    }
  }

  /** Metadata is taken as it comes; whether it is of use shows when somebody logs in. */
  private SamlMetadata known(SamlProvider provider) {
    try {
      return metadata.get(provider.metadata(), SamlMetadata::parse);
    } catch (MalformedSamlException unusable) {
      throw new IdentityException(
          Reason.INVALID,
          "the metadata of " + provider.arn() + " is not usable: " + unusable.getMessage(),
          unusable);
    }
  }

  /** Uses an assertion up; refused when that was done before, on any node, or cannot be known. */
  public void use(SamlIdentity identity) {
    String id = identity.identity().provider() + " " + identity.assertionId();
    if (!DatabaseFailures.by(() -> used.add(id, identity.usableUntil()))) {
      throw Reason.INVALID.because("the assertion was used before");
    }
  }

  private static String decode(String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      throw new MalformedSamlException("not base64 of UTF-8");
    }
  }

  /**
   * What a verified assertion says.
   *
   * @param assertionId unique at the provider
   * @param usableUntil from then on the assertion is refused for its age
   * @param roles pairs of role ARN and provider ARN, with a comma between
   * @param sessionSeconds length of the session that the provider wants
   * @param subjectType format of the name identifier, short for the usual ones
   * @param issuer entity id of the provider
   * @param nameQualifier hash that makes the subject unique over providers
   */
  public record SamlIdentity(
      ExternalIdentity identity,
      String assertionId,
      Instant usableUntil,
      Set<String> roles,
      String sessionName,
      Optional<Integer> sessionSeconds,
      String subject,
      String subjectType,
      String issuer,
      String audience,
      String nameQualifier) {}
}
