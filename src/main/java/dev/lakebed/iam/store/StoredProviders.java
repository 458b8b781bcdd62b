package dev.lakebed.iam.store;

import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.OidcProvider;
import dev.lakebed.iam.model.SamlProvider;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.Optional;

/** Reads the document of a stored identity provider as what it is by its kind. */
final class StoredProviders {
  private StoredProviders() {}

  /** The provider; empty for what is none. */
  static Optional<IdentityProvider> of(Entity entity) {
    return switch (entity.kind()) {
      case OIDC_PROVIDER -> Optional.of(oidc(entity));
      case SAML_PROVIDER -> Optional.of(new SamlProvider(entity.arn(), entity.document()));
      case ROOT, USER, GROUP, ROLE, POLICY, INSTANCE_PROFILE -> Optional.empty();
    };
  }

  private static OidcProvider oidc(Entity provider) {
    OidcSettings settings = OidcSettings.read(provider.document());
    return new OidcProvider(
        provider.arn(), settings.url(), settings.clientIds(), settings.thumbprints());
  }
}
