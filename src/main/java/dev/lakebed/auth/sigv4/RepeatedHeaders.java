package dev.lakebed.auth.sigv4;

import dev.lakebed.http.Headers;
import java.util.List;
import java.util.Set;

/**
 * Refuses a header that comes twice although it has one value. Whoever acts on it would take the
 * first or the last, and the signature covers both joined.
 */
final class RepeatedHeaders {
  private static final Set<String> SINGLE =
      Set.of(
          "authorization",
          "content-length",
          "content-md5",
          "content-type",
          "date",
          "host",
          "range",
          "transfer-encoding");
  private static final Set<String> LISTS =
      Set.of("x-amz-object-attributes", "x-amz-optional-object-attributes");
  private static final String META = "x-amz-meta-";

  private RepeatedHeaders() {}

  static void refuse(Headers headers) {
    List<Headers.Header> fields = headers.all();
    for (int i = 1; i < fields.size(); i++) {
      String name = fields.get(i).name();
      if (isSingle(name)) {
        for (int k = 0; k < i; k++) {
          if (fields.get(k).name().equals(name)) {
            throw Refusals.malformedHeader("The header " + name + " occurs more than once.");
          }
        }
      }
    }
  }

  private static boolean isSingle(String name) {
    return name.startsWith("x-amz-")
        ? !name.startsWith(META) && !LISTS.contains(name)
        : SINGLE.contains(name);
  }
}
