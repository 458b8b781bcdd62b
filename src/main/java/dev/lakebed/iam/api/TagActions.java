package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.QueryXml;
import java.util.Map;
import java.util.stream.Stream;

/** Tags of everything that can have them. */
final class TagActions {
  private TagActions() {}

  static void addTo(ActionTable table) {
    Stream.of(
            ResourceType.USER,
            ResourceType.ROLE,
            ResourceType.POLICY,
            ResourceType.INSTANCE_PROFILE,
            ResourceType.OIDC_PROVIDER,
            ResourceType.SAML_PROVIDER)
        .forEach(type -> addTo(table, type));
  }

  private static void addTo(ActionTable table, ResourceType type) {
    EntityActions named = table.on(type);
    named.change(
        "Tag" + type.noun(),
        (all, entity, x) ->
            all.update(entity.tagged(TagList.plus(entity.tags(), TagList.read(x.query())))),
        TagList.TAGS.required());
    named.change(
        "Untag" + type.noun(),
        (all, entity, x) ->
            all.update(entity.tagged(TagList.minus(entity.tags(), x.query().members("TagKeys")))),
        TagList.TAG_KEYS.required());
    table.list("List" + type.noun() + "Tags", type.target(), x -> list(type, x), type.required());
  }

  private static QueryXml.Content list(ResourceType type, IamRequest x) {
    return Paging.of(x.query())
        .content(
            "Tags",
            TagList.sorted(x.read(inventory -> type.require(inventory, x)).tags()),
            Map.Entry::getKey,
            TagList::write);
  }
}
