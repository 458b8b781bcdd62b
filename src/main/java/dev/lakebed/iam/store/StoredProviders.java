package dev.lakebed.iam.store;

import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.storage.metadata.iam.Entity;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** Reads the document of a stored identity provider as what it is by its kind. */
public final class StoredProviders {
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

  /** What the document of an OIDC provider holds; its URL has a scheme. */
  public record OidcSettings(String url, List<String> clientIds, List<String> thumbprints) {
    public OidcSettings {
      clientIds = List.copyOf(clientIds);
      thumbprints = List.copyOf(thumbprints);
    }

    public OidcSettings withClients(List<String> clients) {
      return new OidcSettings(url, clients, thumbprints);
    }

    public static OidcSettings read(String document) {
      try (JsonReader reader = Json.createReader(new StringReader(document))) {
        JsonObject object = reader.readObject();
        return new OidcSettings(
            object.getString("url"),
            texts(object.getJsonArray("clientIds")),
            texts(object.getJsonArray("thumbprints")));
      }
    }

    private static List<String> texts(JsonArray array) {
      return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }

    public String write() {
      return Json.createObjectBuilder()
          .add("url", url)
          .add("clientIds", array(clientIds))
          .add("thumbprints", array(thumbprints))
          .build()
          .toString();
    }

    private static JsonArrayBuilder array(List<String> values) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      values.forEach(array::add);
      return array;
    }
  }
}
