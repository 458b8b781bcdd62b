package dev.lakebed.iam.store;

import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.storage.metadata.iam.Entity;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Optional;

/** Reads the document of a stored identity provider as what it is by its kind. */
public final class StoredProviders {
  private StoredProviders() {}

  static Optional<IdentityProvider> of(Entity entity) {
    return switch (entity.kind()) {
      case OIDC_PROVIDER -> Optional.of(oidc(entity));
      case SAML_PROVIDER -> Optional.of(new SamlProvider(entity.arn(), entity.document()));
      case ROOT, USER, GROUP, ROLE, POLICY, INSTANCE_PROFILE -> Optional.empty();
    };
  }

  /** Reads what {@link #document} wrote. */
  public static OidcProvider oidc(Entity provider) {
    try (JsonReader reader = Json.createReader(new StringReader(provider.document()))) {
      JsonObject object = reader.readObject();
      return new OidcProvider(
          provider.arn(),
          object.getString("url"),
          object.getJsonArray("clientIds").getValuesAs(JsonString::getString),
          object.getJsonArray("thumbprints").getValuesAs(JsonString::getString));
    }
  }

  /** An OIDC provider as its entity keeps it. */
  public static String document(OidcProvider provider) {
    return Json.createObjectBuilder()
        .add("url", provider.url())
        .add("clientIds", Json.createArrayBuilder(provider.clientIds()))
        .add("thumbprints", Json.createArrayBuilder(provider.thumbprints()))
        .build()
        .toString();
  }
}
