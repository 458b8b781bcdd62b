package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.store.StoredProviders.OidcSettings;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** OpenID Connect providers. Unlike AWS, nothing is fetched from the provider when it is made. */
final class OidcActions {
  private static final int CLIENTS = 100;
  private static final int THUMBPRINTS = 5;
  private static final String NAME = "OpenIDConnectProvider";
  private static final String ARN = NAME + "Arn";

  private OidcActions() {}

  static void addTo(ActionTable table) {
    ActionTarget.Finder named = ResourceType.OIDC_PROVIDER.target();
    table.answer(
        "Create" + NAME,
        x ->
            new ActionTarget(
                OidcProvider.arn(x.account(), x.require(Parameter.URL)), Optional.empty()),
        OidcActions::create,
        "Url* ClientIDList ThumbprintList Tags");
    table.answer("Get" + NAME, named, OidcActions::get, ARN + "*");
    table.answer("List" + NAME + "s", ActionTarget.all(Kind.OIDC_PROVIDER), OidcActions::list);
    table.change(
        "Delete" + NAME,
        named,
        (inventory, x) -> inventory.stored().entities().delete(changeable(inventory, x)),
        ARN + "*");
    change(
        table,
        "AddClientIDTo" + NAME,
        (old, x) ->
            old.withClients(
                clients(
                    Stream.concat(
                            old.clientIds().stream(), Stream.of(x.require(Parameter.CLIENT_ID)))
                        .distinct()
                        .toList())),
        "ClientID*");
    change(
        table,
        "RemoveClientIDFrom" + NAME,
        (old, x) -> {
          String removed = x.require(Parameter.CLIENT_ID);
          return old.withClients(
              old.clientIds().stream().filter(id -> !id.equals(removed)).toList());
        },
        "ClientID*");
    change(
        table,
        "Update" + NAME + "Thumbprint",
        (old, x) ->
            new OidcSettings(
                old.url(), old.clientIds(), thumbprints(x.query().members("ThumbprintList"))),
        "ThumbprintList*");
  }

  /** An action that changes the settings of a provider. */
  private static void change(
      ActionTable table,
      String action,
      BiFunction<OidcSettings, IamRequest, OidcSettings> changed,
      String parameter) {
    table.change(
        action,
        ResourceType.OIDC_PROVIDER.target(),
        (inventory, x) -> {
          Entity provider = changeable(inventory, x);
          OidcSettings settings = changed.apply(OidcSettings.read(provider.document()), x);
          inventory.update(provider.documented(settings.write()));
        },
        ARN + "* " + parameter);
  }

  private static Entity changeable(Inventory inventory, IamRequest x) {
    return ResourceType.OIDC_PROVIDER.changeable(inventory, x);
  }

  private static QueryXml.Content create(IamRequest x) {
    String url = url(x.require(Parameter.URL));
    OidcSettings settings =
        new OidcSettings(
            url,
            clients(x.query().members("ClientIDList")),
            thumbprints(x.query().members("ThumbprintList")));
    Entity provider =
        x.write(
            inventory ->
                inventory.insert(
                    NewEntity.of(
                            inventory,
                            x,
                            Kind.OIDC_PROVIDER,
                            OidcProvider.withoutScheme(url),
                            Parameter.PATH)
                        .documented(settings.write())));
    return xml -> {
      xml.text(ARN, provider.arn());
      TagList.writeAll(xml, provider.tags());
    };
  }

  private static String url(String text) {
    try {
      URI uri = new URI(text);
      boolean usable =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null
              && uri.getPort() == -1;
      if (usable) {
        return text;
      }
    } catch (URISyntaxException malformed) {
      // Said below, as for any other text that is no such URL.
    }
    throw new QueryException(
        QueryError.INVALID_INPUT,
        "Invalid Open ID Connect Provider URL: use https, no port, query or fragment.");
  }

  private static List<String> clients(List<String> ids) {
    NewEntity.refuse(
        ids.size() > CLIENTS,
        QueryError.LIMIT_EXCEEDED,
        "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: " + CLIENTS);
    return ids.stream().distinct().toList();
  }

  private static List<String> thumbprints(List<String> hex) {
    NewEntity.refuse(
        hex.size() > THUMBPRINTS || !hex.stream().allMatch(h -> h.matches("[0-9a-fA-F]{40}")),
        QueryError.INVALID_INPUT,
        "ThumbprintList holds at most 5 SHA-1 thumbprints of 40 hexadecimal digits.");
    return hex.stream().map(h -> h.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  private static QueryXml.Content get(IamRequest x) {
    Entity provider = x.read(inventory -> ResourceType.OIDC_PROVIDER.require(inventory, x));
    OidcSettings settings = OidcSettings.read(provider.document());
    return xml -> {
      xml.text("Url", OidcProvider.withoutScheme(settings.url()));
      xml.texts("ClientIDList", settings.clientIds());
      xml.texts("ThumbprintList", settings.thumbprints());
      xml.text("CreateDate", EntityXml.time(provider.created()));
      TagList.writeAll(xml, provider.tags());
    };
  }

  private static QueryXml.Content list(IamRequest x) {
    List<Entity> all = x.read(inventory -> inventory.stream(Kind.OIDC_PROVIDER, "/", "").toList());
    return xml ->
        xml.members(NAME + "List", all, (member, provider) -> member.text("Arn", provider.arn()));
  }
}
