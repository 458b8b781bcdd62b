package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.http.Headers;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which headers a signature must cover: {@code host} and every {@code x-amz-*}, but for a few that
 * can do no harm.
 */
final class HeaderCoverage {
  /** Ignored by every operation, and added by proxies and browsers after signing. */
  private static final Set<String> IGNORED = Set.of("x-amz-te", "x-amz-user-agent", "x-amz-cf-id");

  private HeaderCoverage() {}

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
      throw Refusals.unsignedHeaders(missing);
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
}
