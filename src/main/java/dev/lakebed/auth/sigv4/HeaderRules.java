package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which headers a signature must cover: {@code host} and every {@code x-amz-*}, but for a few that
 * can do no harm.
 */
final class HeaderRules {
  /** Ignored by every operation, and added by proxies and browsers after signing. */
  private static final Set<String> IGNORED = Set.of("x-amz-te", "x-amz-user-agent", "x-amz-cf-id");

  private HeaderRules() {}

  /**
   * Demands the coverage.
   *
   * @throws AuthenticationException with {@code UNSIGNED_HEADER}
   */
  static void require(Headers headers, SignatureClaim claim) {
    Set<String> missing = new LinkedHashSet<>();
    if (!claim.signedHeaders().contains("host")) {
      missing.add("host");
    }
    for (Headers.Header field : headers.all()) {
      String name = field.name();
      if (name.startsWith("x-amz-")
          && !claim.signedHeaders().contains(name)
          && !isHarmless(name, claim.type())) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw SignatureRefusals.unsignedHeaders(missing);
    }
  }

  /**
   * Date and payload hash are lines of their own in a header-signed string. A presigned string has
   * them in the query; there {@link S3Payload} looks at an unsigned payload hash.
   */
  private static boolean isHarmless(String name, AuthType type) {
    return switch (name) {
      case "x-amz-content-sha256" -> true;
      case "x-amz-date" -> type == AuthType.HEADER;
      default -> IGNORED.contains(name);
    };
  }

  /**
   * Refuses a header that comes twice although it has one value. Whoever acts on it would take the
   * first or the last, and the signature covers both joined.
   */
  static final class RepeatedHeaders {
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
              throw SignatureRefusals.malformedHeader(
                  "The header " + name + " occurs more than once.");
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
}
