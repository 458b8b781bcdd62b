package dev.lakebed.iam.config;

import dev.lakebed.auth.TagKeys;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code tags}: an array of objects with key and value. */
final class Tags {
  private Tags() {}

  static Map<String, String> read(List<Fields> tags) {
    Map<String, String> byKey = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Fields tag : tags) {
      try (tag) {
        Optional<String> key = tag.require("key").flatMap(Element::text);
        Optional<String> value = tag.text("value");
        if (key.isEmpty()) {
          continue;
        }
        if (!seen.add(TagKeys.fold(key.get()))) {
          tag.element().problem("tag " + key.get() + " is given twice; case does not count");
        }
        byKey.put(key.get(), value.orElse(""));
      }
    }
    return byKey;
  }
}
