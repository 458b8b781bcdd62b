package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Inventory.Arns;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.store.StoredProviders.OidcSettings;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** OpenID Connect providers. Unlike AWS, nothing is fetched from the provider when it is made. */
final class OidcActions {
  private static final int CLIENTS = 100;
  private static final int THUMBPRINTS = 5;
  private static final String ARN = "OpenIDConnectProviderArn";
  private static final AuthorizationTarget.Finder NAMED =
      AuthorizationTarget.byArn(Parameter.OIDC_ARN);

  private OidcActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateOpenIDConnectProvider",
        x ->
            new AuthorizationTarget(
                OidcProvider.arn(x.account(), x.require(Parameter.URL)), Optional.empty()),
        OidcActions::create,
        "Url*",
        "ClientIDList",
        "ThumbprintList",
        "Tags");
    table.answer("GetOpenIDConnectProvider", NAMED, OidcActions::get, "OpenIDConnectProviderArn*");
    table.answer(
        "ListOpenIDConnectProviders",
        x ->
            new AuthorizationTarget(Kind.OIDC_PROVIDER.arn(x.account(), "/", ""), Optional.empty()),
        OidcActions::list);
    table.change(
        "DeleteOpenIDConnectProvider",
        NAMED,
        (inventory, x) -> inventory.stored().entities().delete(changeable(inventory, x)),
        "OpenIDConnectProviderArn*");
    table.change(
        "AddClientIDToOpenIDConnectProvider",
        NAMED,
        OidcActions::addClient,
        "OpenIDConnectProviderArn*",
        "ClientID*");
    table.change(
        "RemoveClientIDFromOpenIDConnectProvider",
        NAMED,
        OidcActions::removeClient,
        "OpenIDConnectProviderArn*",
        "ClientID*");
    table.change(
        "UpdateOpenIDConnectProviderThumbprint",
        NAMED,
        OidcActions::thumbprints,
        "OpenIDConnectProviderArn*",
        "ThumbprintList*");
  }

  private static Entity provider(Inventory inventory, IamRequest x) {
    return Arns.require(inventory, Kind.OIDC_PROVIDER, x.require(Parameter.OIDC_ARN));
  }

  private static Entity changeable(Inventory inventory, IamRequest x) {
    return Inventory.changeable(provider(inventory, x));
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
            inventory -> {
              String name = OidcProvider.withoutScheme(url);
              inventory.requireFree(Kind.OIDC_PROVIDER, name);
              Entity made =
                  Entity.named(
                          NewEntity.id(Kind.OIDC_PROVIDER.prefix(), 17),
                          x.account(),
                          Kind.OIDC_PROVIDER,
                          "/",
                          name,
                          x.now())
                      .tagged(TagList.read(x.query()))
                      .documented(settings.write());
              inventory.stored().entities().insert(made);
              return made;
            });
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
    Entity provider = x.read(inventory -> provider(inventory, x));
    OidcSettings settings = OidcSettings.read(provider.document());
    return xml -> {
      xml.text("Url", OidcProvider.withoutScheme(settings.url()));
      texts(xml, "ClientIDList", settings.clientIds());
      texts(xml, "ThumbprintList", settings.thumbprints());
      xml.text("CreateDate", EntityXml.time(provider.created()));
      TagList.writeAll(xml, provider.tags());
    };
  }

  private static void texts(QueryXml xml, String name, List<String> values)
      throws XMLStreamException {
    xml.element(
        name,
        list -> {
          for (String value : values) {
            list.text("member", value);
          }
        });
  }

  private static QueryXml.Content list(IamRequest x) {
    List<Entity> all = x.read(inventory -> inventory.stream(Kind.OIDC_PROVIDER, "/", "").toList());
    return xml ->
        xml.element(
            "OpenIDConnectProviderList",
            list -> {
              for (Entity provider : all) {
                list.element("member", member -> member.text("Arn", provider.arn()));
              }
            });
  }

  private static void addClient(Inventory inventory, IamRequest x) {
    Entity provider = changeable(inventory, x);
    OidcSettings old = OidcSettings.read(provider.document());
    List<String> clients =
        clients(
            Stream.concat(old.clientIds().stream(), Stream.of(x.require(Parameter.CLIENT_ID)))
                .distinct()
                .toList());
    update(inventory, provider, new OidcSettings(old.url(), clients, old.thumbprints()));
  }

  private static void removeClient(Inventory inventory, IamRequest x) {
    Entity provider = changeable(inventory, x);
    OidcSettings old = OidcSettings.read(provider.document());
    String removed = x.require(Parameter.CLIENT_ID);
    List<String> clients = old.clientIds().stream().filter(id -> !id.equals(removed)).toList();
    update(inventory, provider, new OidcSettings(old.url(), clients, old.thumbprints()));
  }

  private static void thumbprints(Inventory inventory, IamRequest x) {
    Entity provider = changeable(inventory, x);
    OidcSettings old = OidcSettings.read(provider.document());
    List<String> thumbprints = thumbprints(x.query().members("ThumbprintList"));
    update(inventory, provider, new OidcSettings(old.url(), old.clientIds(), thumbprints));
  }

  private static void update(Inventory inventory, Entity provider, OidcSettings settings) {
    inventory.stored().entities().update(provider.documented(settings.write()));
  }
}
