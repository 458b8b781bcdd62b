package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.store.StoredProviders;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TextList;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** OpenID Connect providers. Unlike AWS, nothing is fetched from the provider when it is made. */
final class OidcActions {
  private static final int CLIENTS = 100;
  private static final int THUMBPRINTS = 5;
  private static final String NAME = "OpenIDConnectProvider";

  private static final Parameter URL = Parameter.text("Url", 1, 255);
  private static final Parameter CLIENT = Parameter.text("ClientID", 1, 255);
  private static final ParameterLimits CLIENT_LIST = TextList.of("ClientIDList", CLIENT);
  private static final ParameterLimits THUMBPRINT_LIST =
      TextList.of("ThumbprintList", Parameter.any("thumbprintList", 40, 40));

  private OidcActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "Create" + NAME,
        x -> new ActionTarget(OidcProvider.arn(x.account(), x.require(URL)), Optional.empty()),
        OidcActions::create,
        URL.required(),
        CLIENT_LIST,
        THUMBPRINT_LIST,
        TagList.TAGS);
    table.answer("List" + NAME + "s", ActionTarget.all(Kind.OIDC_PROVIDER), OidcActions::list);
    EntityActions named = table.on(ResourceType.OIDC_PROVIDER);
    named.answer("Get" + NAME, (inventory, provider, x) -> content(provider));
    named.change(
        "Delete" + NAME,
        (inventory, provider, x) -> inventory.stored().entities().delete(provider));
    named.change("AddClientIDTo" + NAME, changing(OidcActions::added), CLIENT.required());
    named.change("RemoveClientIDFrom" + NAME, changing(OidcActions::removed), CLIENT.required());
    named.change(
        "Update" + NAME + "Thumbprint",
        changing(
            (old, x) -> new OidcProvider(old.arn(), old.url(), old.clientIds(), thumbprints(x))),
        THUMBPRINT_LIST.required());
  }

  private static OidcProvider added(OidcProvider old, IamRequest x) {
    Set<String> clients = new LinkedHashSet<>(old.clientIds());
    clients.add(x.require(CLIENT));
    return old.withClients(clients(List.copyOf(clients)));
  }

  private static OidcProvider removed(OidcProvider old, IamRequest x) {
    String removed = x.require(CLIENT);
    return old.withClients(old.clientIds().stream().filter(id -> !id.equals(removed)).toList());
  }

  private static EntityActions.Change changing(
      BiFunction<OidcProvider, IamRequest, OidcProvider> changed) {
    return (inventory, entity, x) -> {
      OidcProvider provider = changed.apply(StoredProviders.oidc(entity), x);
      inventory.update(entity.documented(StoredProviders.document(provider)));
    };
  }

  private static QueryXml.Content create(IamRequest x) {
    String url = url(x.require(URL));
    List<String> clients = clients(x.query().members("ClientIDList"));
    String document =
        StoredProviders.document(
            new OidcProvider(OidcProvider.arn(x.account(), url), url, clients, thumbprints(x)));
    Entity provider =
        NewEntity.insert(
            x,
            Kind.OIDC_PROVIDER,
            OidcProvider.withoutScheme(url),
            made -> made.documented(document));
    return xml -> {
      xml.text(IamParameter.OIDC_ARN.name(), provider.arn());
      TagList.writeAll(xml, provider.tags());
    };
  }

  private static String url(String text) {
    try {
      URI uri = new URI(text);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null
          && uri.getPort() == -1) {
        return text;
      }
    } catch (URISyntaxException malformed) {
      // Said below, as for any other text that is no such URL.
    }
    throw QueryError.INVALID_INPUT.because(
        "Invalid Open ID Connect Provider URL: use https, no port, query or fragment.");
  }

  private static List<String> clients(List<String> ids) {
    NewEntity.limit("ClientIdsPerOpenIdConnectProvider", ids.size(), CLIENTS);
    return ids.stream().distinct().toList();
  }

  private static List<String> thumbprints(IamRequest x) {
    List<String> hex = x.query().members("ThumbprintList");
    NewEntity.refuse(
        hex.size() > THUMBPRINTS || !hex.stream().allMatch(h -> h.matches("[0-9a-fA-F]{40}")),
        QueryError.INVALID_INPUT,
        "ThumbprintList holds at most 5 SHA-1 thumbprints of 40 hexadecimal digits.");
    return hex.stream().map(h -> h.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  private static QueryXml.Content content(Entity provider) {
    OidcProvider settings = StoredProviders.oidc(provider);
    return xml -> {
      xml.text("Url", OidcProvider.withoutScheme(settings.url()))
          .texts("ClientIDList", settings.clientIds())
          .texts("ThumbprintList", settings.thumbprints())
          .text("CreateDate", EntityXml.time(provider.created()));
      TagList.writeAll(xml, provider.tags());
    };
  }

  private static QueryXml.Content list(IamRequest x) {
    List<Entity> all = x.read(inventory -> inventory.stream(Kind.OIDC_PROVIDER, "/", "").toList());
    return xml ->
        xml.members(NAME + "List", all, (member, provider) -> member.text("Arn", provider.arn()));
  }
}
