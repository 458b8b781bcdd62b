package dev.lakebed.iam.api.parameter;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.StructureList;
import dev.lakebed.operation.query.ParameterLimits.TextList;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tags in requests and answers. Keys are unique without case and keep the case they came in. */
public final class TagList {
  public static final int MOST = 50;

  private static final Parameter KEY = tag("tags.key", 1, 128);

  /** The parameter that gives tags. */
  public static final ParameterLimits TAGS =
      new StructureList(
          "Tags",
          MOST,
          Map.of("Key", KEY, "Value", tag("tags.value", 0, 256)),
          Set.of("Key", "Value"),
          Set.of());

  /** The parameter that names tags to take away. */
  public static final ParameterLimits TAG_KEYS = new TextList("TagKeys", 0, MOST, KEY);

  private TagList() {}

  private static Parameter tag(String name, int least, int most) {
    return Parameter.of(name, least, most, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  }

  public static boolean isIn(QueryRequest query) {
    return !query.structures("Tags").isEmpty();
  }

  public static Map<String, String> read(QueryRequest query) {
    Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
    for (Map<String, String> tag : query.structures("Tags", Set.of("Key", "Value"))) {
      String key = tag.getOrDefault("Key", "");
      if (tags.put(key, tag.getOrDefault("Value", "")) != null) {
        throw QueryError.INVALID_INPUT.because(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      String folded = TagKeys.fold(key);
      if (folded.startsWith("aws:") || folded.startsWith("lakebed:")) {
        throw QueryError.INVALID_INPUT.because("Tag keys must not begin with aws: or lakebed:");
      }
    }
    return limited(tags);
  }

  private static Map<String, String> limited(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw QueryError.LIMIT_EXCEEDED.because("Cannot exceed quota for TagsPerResource: " + MOST);
    }
    return tags;
  }

  /** Old tags with new ones in place of those of the same key. */
  public static Map<String, String> plus(Map<String, String> old, Map<String, String> added) {
    Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
    tags.putAll(added);
    old.forEach(tags::putIfAbsent);
    return limited(tags);
  }

  public static Map<String, String> minus(Map<String, String> old, List<String> keys) {
    Map<String, String> tags = new TreeMap<>(TagKeys.WITHOUT_CASE);
    tags.putAll(old);
    keys.forEach(tags::remove);
    return tags;
  }

  public static List<Map.Entry<String, String>> sorted(Map<String, String> tags) {
    return tags.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey, TagKeys.WITHOUT_CASE))
        .toList();
  }

  public static void write(QueryXml xml, Map.Entry<String, String> tag) {
    xml.text("Key", tag.getKey()).text("Value", tag.getValue());
  }

  /** The element Tags, left out when there is none. */
  public static void writeAll(QueryXml xml, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      xml.members("Tags", sorted(tags), TagList::write);
    }
  }
}
