package dev.lakebed.iam.session;

import dev.lakebed.iam.model.IdentityView;
import java.util.Optional;

/**
 * The root of a session that began at an identity provider instead of an access key. As text it has
 * slashes, which no access key id has.
 *
 * @param provider ARN
 * @param subject whom the provider vouched for; for the audit
 */
public record ProviderOrigin(String provider, String subject) {
  private static final String ARN = "arn:";

  /** Reads the root of a chain; empty when it is an access key. */
  public static Optional<ProviderOrigin> parse(String root) {
    int hash = root.indexOf('#');
    return root.startsWith(ARN) && root.indexOf('/') > 0 && hash > 0
        ? Optional.of(new ProviderOrigin(root.substring(0, hash), root.substring(hash + 1)))
        : Optional.empty();
  }

  boolean isKnownTo(IdentityView identities) {
    return identities.provider(provider).isPresent();
  }

  @Override
  public String toString() {
    return provider + "#" + subject;
  }
}
