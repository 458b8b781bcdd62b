package dev.lakebed.iam.api;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

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
    table.change(
        "Tag" + type.noun(),
        type.target(),
        (inventory, x) -> {
          Entity entity = type.changeable(inventory, x);
          inventory.update(entity.tagged(TagList.plus(entity.tags(), TagList.read(x.query()))));
        },
        type.required() + " Tags*");
    table.change(
        "Untag" + type.noun(),
        type.target(),
        (inventory, x) -> {
          Entity entity = type.changeable(inventory, x);
          List<String> keys = x.query().members("TagKeys");
          inventory.update(entity.tagged(TagList.minus(entity.tags(), keys)));
        },
        type.required() + " TagKeys*");
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

  /** Tags in requests and answers. Keys are unique without case and keep the case they came in. */
  static final class TagList {
    static final int MOST = 50;

    private TagList() {}

    /** Whether a request gives tags. */
    static boolean isIn(QueryRequest query) {
      return !query.structures("Tags").isEmpty();
    }

    /** The parameter Tags. */
    static Map<String, String> read(QueryRequest query) {
      Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
      for (Map<String, String> tag : query.structures("Tags", Set.of("Key", "Value"))) {
        String key = tag.getOrDefault("Key", "");
        if (tags.put(key, tag.getOrDefault("Value", "")) != null) {
          throw new QueryException(
              QueryError.INVALID_INPUT,
              "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
        String folded = TagKeys.fold(key);
        if (folded.startsWith("aws:") || folded.startsWith("lakebed:")) {
          throw new QueryException(
              QueryError.INVALID_INPUT, "Tag keys must not begin with aws: or lakebed:");
        }
      }
      return limited(tags);
    }

    private static Map<String, String> limited(Map<String, String> tags) {
      if (tags.size() > MOST) {
        throw new QueryException(
            QueryError.LIMIT_EXCEEDED, "Cannot exceed quota for TagsPerResource: " + MOST);
      }
      return tags;
    }

    /** Old tags with new ones in place of those of the same key. */
    static Map<String, String> plus(Map<String, String> old, Map<String, String> added) {
      Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
      tags.putAll(added);
      old.forEach(tags::putIfAbsent);
      return limited(tags);
    }

    static Map<String, String> minus(Map<String, String> old, List<String> keys) {
      Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
      tags.putAll(old);
      keys.forEach(tags::remove);
      return tags;
    }

    static List<Map.Entry<String, String>> sorted(Map<String, String> tags) {
      return tags.entrySet().stream()
          .sorted(Comparator.comparing(Map.Entry::getKey, TagKeys.WITHOUT_CASE))
          .toList();
    }

    static void write(QueryXml xml, Map.Entry<String, String> tag) throws XMLStreamException {
      xml.text("Key", tag.getKey()).text("Value", tag.getValue());
    }

    /** The element Tags, left out when there is none. */
    static void writeAll(QueryXml xml, Map<String, String> tags) throws XMLStreamException {
      if (!tags.isEmpty()) {
        EntityXml.members(xml, "Tags", sorted(tags), TagList::write);
      }
    }
  }
}
