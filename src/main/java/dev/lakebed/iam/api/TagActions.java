package dev.lakebed.iam.api;

import dev.lakebed.iam.api.Inventory.Arns;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tags of everything that can have them. */
final class TagActions {
  /**
   * What can be tagged.
   *
   * @param noun as in {@code TagUser}
   * @param byArn whether the parameter holds an ARN
   */
  private record Tagged(Kind kind, String noun, Parameter name, boolean byArn) {
    AuthorizationTarget.Finder aim() {
      return byArn ? AuthorizationTarget.byArn(name) : AuthorizationTarget.named(kind, name);
    }

    Entity require(Inventory inventory, IamRequest x) {
      String value = x.require(name);
      return byArn ? Arns.require(inventory, kind, value) : inventory.require(kind, value);
    }
  }

  private TagActions() {}

  static void addTo(ActionTable table) {
    Stream.of(
            new Tagged(Kind.USER, "User", Parameter.USER_NAME, false),
            new Tagged(Kind.ROLE, "Role", Parameter.ROLE_NAME, false),
            new Tagged(Kind.POLICY, "Policy", Parameter.POLICY_ARN, true),
            new Tagged(Kind.INSTANCE_PROFILE, "InstanceProfile", Parameter.PROFILE_NAME, false),
            new Tagged(Kind.OIDC_PROVIDER, "OpenIDConnectProvider", Parameter.OIDC_ARN, true),
            new Tagged(Kind.SAML_PROVIDER, "SAMLProvider", Parameter.SAML_ARN, true))
        .forEach(tagged -> addTo(table, tagged));
  }

  private static void addTo(ActionTable table, Tagged tagged) {
    String name = tagged.name().name() + "*";
    table.change(
        "Tag" + tagged.noun(),
        tagged.aim(),
        (inventory, x) -> {
          Entity entity = Inventory.changeable(tagged.require(inventory, x));
          Map<String, String> tags = TagList.plus(entity.tags(), TagList.read(x.query()));
          inventory.stored().entities().update(entity.tagged(tags));
        },
        name,
        "Tags*");
    table.change(
        "Untag" + tagged.noun(),
        tagged.aim(),
        (inventory, x) -> {
          Entity entity = Inventory.changeable(tagged.require(inventory, x));
          Map<String, String> tags = TagList.minus(entity.tags(), x.query().members("TagKeys"));
          inventory.stored().entities().update(entity.tagged(tags));
        },
        name,
        "TagKeys*");
    table.list("List" + tagged.noun() + "Tags", tagged.aim(), x -> list(tagged, x), name);
  }

  private static QueryXml.Content list(Tagged tagged, IamRequest x) {
    Paging paging = Paging.of(x.query());
    List<Map.Entry<String, String>> tags =
        TagList.sorted(x.read(inventory -> tagged.require(inventory, x)).tags());
    return paging.content(
        "Tags", paging.slice(tags, Map.Entry::getKey), Map.Entry::getKey, TagList::write);
  }
}
