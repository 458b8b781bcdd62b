package dev.lakebed.sts;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.operation.query.QueryRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Session tags and which of them follow down a chain.
 *
 * @param values by key
 * @param transitive keys, as the tags spell them
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">AWS, session
 *     tags</a>
 */
record SessionTags(Map<String, String> values, Set<String> transitive) {
  static final SessionTags NONE = new SessionTags(Map.of(), Set.of());

  private static final int MAX = 50;

  static SessionTags read(QueryRequest request) {
    List<Map.Entry<String, String>> tags =
        request.structures("Tags", Set.of("Key", "Value")).stream()
            .map(tag -> Map.entry(field(tag, "Key"), field(tag, "Value")))
            .toList();
    return check(tags, request.members("TransitiveTagKeys"));
  }

  /** Tags that an identity provider sets, under the same rules. */
  static SessionTags of(Map<String, String> tags, Set<String> transitive) {
    return check(tags.entrySet(), transitive);
  }

  private static SessionTags check(
      Collection<Map.Entry<String, String>> tags, Collection<String> transitive) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> spelling = new LinkedHashMap<>();
    for (Map.Entry<String, String> tag : tags) {
      String key = Constraint.TAG_KEY.check(tag.getKey());
      values.put(key, Constraint.TAG_VALUE.check(tag.getValue()));
      if (spelling.put(TagKeys.fold(key), key) != null) {
        throw Constraint.violated(
            "tags", "Duplicate tag keys found; tag keys do not differ by case alone");
      }
      if (TagKeys.fold(key).startsWith("aws:")) {
        throw Constraint.violated("tags", "Tag keys must not begin with aws:");
      }
    }
    if (values.size() > MAX) {
      throw Constraint.violated("tags", "Member must have length less than or equal to " + MAX);
    }
    return new SessionTags(values, transitive(transitive, spelling));
  }

  private static String field(Map<String, String> tag, String name) {
    String value = tag.get(name);
    if (value == null) {
      throw Constraint.violated("tags." + name.toLowerCase(Locale.ROOT), "Member must not be null");
    }
    return value;
  }

  private static Set<String> transitive(Collection<String> asked, Map<String, String> spelling) {
    Set<String> keys = new HashSet<>();
    for (String key : asked) {
      String spelt = spelling.get(TagKeys.fold(key));
      if (spelt == null) {
        throw Constraint.violated("transitiveTagKeys", "Each key must be among Tags");
      }
      keys.add(spelt);
    }
    return keys;
  }

  /** These tags and those that a session hands down, which cannot be set anew. */
  SessionTags inheriting(Map<String, String> tags, Set<String> handedDown) {
    Map<String, String> all = new LinkedHashMap<>(values);
    Set<String> keys = new HashSet<>(transitive);
    for (String inherited : handedDown) {
      for (String own : values.keySet()) {
        if (TagKeys.fold(own).equals(TagKeys.fold(inherited))) {
          throw Constraint.violated(
              "tags", "Tag %s is transitive in the calling session".formatted(inherited));
        }
      }
      all.put(inherited, tags.getOrDefault(inherited, ""));
      keys.add(inherited);
    }
    return new SessionTags(all, keys);
  }
}
