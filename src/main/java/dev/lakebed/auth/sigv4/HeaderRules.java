package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.http.Headers;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which headers a signature must cover, and which may come only once. */
final class HeaderRules {
  /** Ignored by every operation, and added by proxies and browsers after signing. */
  private static final Set<String> IGNORED = Set.of("x-amz-te", "x-amz-user-agent", "x-amz-cf-id");

  private static final Set<String> SINGLE =
      Set.of(
          """
          authorization content-length content-md5 content-type date host range transfer-encoding\
          """
              .split("\\s+"));

  private static final Set<String> LISTS =
      Set.of("x-amz-object-attributes", "x-amz-optional-object-attributes");

  private HeaderRules() {}

  /** Demands that {@code host} and {@code x-amz-*} are signed, but for a few that do no harm. */
  static void requireCovered(Headers headers, SignatureClaim claim) {
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
  static void refuseRepeated(Headers headers) {
    Set<String> seen = new HashSet<>();
    for (Headers.Header field : headers.all()) {
      if (!seen.add(field.name()) && isSingle(field.name())) {
        throw Reason.MALFORMED_HEADER.because(
            "The header " + field.name() + " occurs more than once.");
      }
    }
  }

  private static boolean isSingle(String name) {
    return name.startsWith("x-amz-")
        ? !name.startsWith("x-amz-meta-") && !LISTS.contains(name)
        : SINGLE.contains(name);
  }
}
