package dev.lakebed.tables.rest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the API model; each label stands for exactly one segment.
 *
 * @param segments literal text, or a label name in braces
 */
record PathTemplate(List<String> segments) {
  static PathTemplate parse(String path) {
    return new PathTemplate(List.of(path.substring(1).split("/")));
  }

  /** The labels by name, when the decoded segments of a path fit. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = segments.get(i);
      if (expected.startsWith("{")) {
        labels.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(labels);
  }
}
