package dev.lakebed.tables.rest;

import dev.lakebed.http.PercentEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the raw path and decodes each segment once. AWS SDKs send an ARN as one segment with
 * {@code %2F}; some clients send its slashes raw. A segment that is an ARN up to {@code :bucket}
 * without slash can be nothing else, so the segments of its rest are joined to it.
 */
final class PathSegments {
  private static final String ARN = "arn:";
  private static final String CUT = ":bucket";

  private PathSegments() {}

  static List<String> of(String rawPath) {
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
