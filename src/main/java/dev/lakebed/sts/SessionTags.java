package dev.lakebed.sts;

import dev.lakebed.query.QueryRequest;
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
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> spelling = new LinkedHashMap<>();
    for (Map<String, String> tag : request.structures("Tags", Set.of("Key", "Value"))) {
      String key = Constraint.TAG_KEY.check(field(tag, "Key"));
      values.put(key, Constraint.TAG_VALUE.check(field(tag, "Value")));
      if (spelling.put(fold(key), key) != null) {
        throw Constraint.violated(
            "tags", "Duplicate tag keys found; tag keys do not differ by case alone");
      }
      if (fold(key).startsWith("aws:")) {
        throw Constraint.violated("tags", "Tag keys must not begin with aws:");
      }
    }
    if (values.size() > MAX) {
      throw Constraint.violated("tags", "Member must have length less than or equal to " + MAX);
    }
    return new SessionTags(values, transitive(request, spelling));
  }

  private static String field(Map<String, String> tag, String name) {
    String value = tag.get(name);
    if (value == null) {
      throw Constraint.violated("tags." + name.toLowerCase(Locale.ROOT), "Member must not be null");
    }
    return value;
  }

  private static Set<String> transitive(QueryRequest request, Map<String, String> spelling) {
    List<String> asked = request.members("TransitiveTagKeys");
    Set<String> keys = new HashSet<>();
    for (String key : asked) {
      String spelt = spelling.get(fold(key));
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
        if (fold(own).equals(fold(inherited))) {
          throw Constraint.violated(
              "tags", "Tag %s is transitive in the calling session".formatted(inherited));
        }
      }
      all.put(inherited, tags.getOrDefault(inherited, ""));
      keys.add(inherited);
    }
    return new SessionTags(all, keys);
  }

  private static String fold(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
