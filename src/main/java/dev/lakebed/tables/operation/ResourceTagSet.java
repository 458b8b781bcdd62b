package dev.lakebed.tables.operation;

import dev.lakebed.storage.metadata.TagText.TagFault;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.TablesError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tags of a request, and what becomes of those that a resource has. */
final class ResourceTagSet {
  static final String MEMBER = "tags";

  private static final int MOST = 50;

  private ResourceTagSet() {}

  /** The tags of a body, if it has any. */
  static Map<String, String> read(JsonMembers body) {
    Map<String, String> tags = body.textMap(MEMBER);
    tags.forEach(
        (key, value) ->
            TagFault.of(key, value)
                .ifPresent(
                    fault -> {
                      throw TablesError.BAD_REQUEST.because(message(fault, key));
                    }));
    return limited(tags);
  }

  static Map<String, String> plus(Map<String, String> now, Map<String, String> added) {
    Map<String, String> all = new HashMap<>(now);
    all.putAll(added);
    return limited(all);
  }

  static Map<String, String> minus(Map<String, String> now, List<String> keys) {
    Map<String, String> left = new HashMap<>(now);
    left.keySet().removeAll(keys);
    return left;
  }

  private static Map<String, String> limited(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw TablesError.BAD_REQUEST.because("A resource has at most " + MOST + " tags.");
    }
    return tags;
  }

  private static String message(TagFault fault, String key) {
    return switch (fault) {
      case KEY -> "A tag key has 1 to 128 letters, digits, spaces and _ . : / = + - @";
      case VALUE ->
          ("The value of tag %s has more than 256 characters, or others than letters, digits,"
                  + " spaces and _ . : / = + - @")
              .formatted(key);
      case RESERVED -> "Tag keys must not begin with aws:";
    };
  }
}
