package dev.lakebed.tables.rest;

import dev.lakebed.http.PercentEncoding;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final String ARN = "arn:";
  private static final String CUT = ":bucket";

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

  /**
   * Splits the raw path and decodes each segment once. AWS SDKs send an ARN as one segment with
   * {@code %2F}; some clients send its slashes raw. A segment that is an ARN up to {@code :bucket}
   * without slash can be nothing else, so the segments of its rest are joined to it.
   */
  static List<String> segments(String rawPath) {
    List<String> segments =
        Arrays.stream(rawPath.substring(1).split("/", -1)).map(PercentEncoding::decode).toList();
    if (segments.size() < 3 || !isCut(segments.get(1))) {
      return segments;
    }
    boolean table =
        segments.size() == 5 && segments.get(0).equals("tag") && segments.get(3).equals("table");
    int end = table ? 5 : 3;
    List<String> joined = new ArrayList<>();
    joined.add(segments.get(0));
    joined.add(String.join("/", segments.subList(1, end)));
    joined.addAll(segments.subList(end, segments.size()));
    return joined;
  }

  private static boolean isCut(String segment) {
    return segment.startsWith(ARN) && segment.endsWith(CUT);
  }
}
