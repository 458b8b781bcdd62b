package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.http.Request;
import java.util.Optional;

/** Where a request carries its signature, and of which version it is. */
enum SigningScheme {
  /** Nowhere. */
  NONE,
  /** Version 4 in the {@code Authorization} header. */
  V4_HEADER,
  /** Version 4 in the query. */
  V4_QUERY,
  /** Version 2 in the {@code Authorization} header. */
  V2_HEADER,
  /** Version 2 in the query. */
  V2_QUERY;

  /**
   * Looks at what is there, complete or not.
   *
   * @throws AuthenticationException when there are two, or one of an unknown kind
   */
  static SigningScheme of(Request request) {
    Optional<String> authorization = request.headers().first("authorization");
    boolean version4 = QueryClaim.isPresent(request.query());
    boolean version2 = LegacyQuery.isPresent(request.query());
    if ((version4 && version2) || (authorization.isPresent() && (version4 || version2))) {
      throw Refusals.twoSignatures();
    }
    if (authorization.isPresent()) {
      return ofHeader(authorization.get());
    }
    return version4 ? V4_QUERY : version2 ? V2_QUERY : NONE;
  }

  private static SigningScheme ofHeader(String authorization) {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    return switch (scheme) {
      case SignatureClaim.ALGORITHM -> V4_HEADER;
      case "AWS" -> V2_HEADER;
      default -> throw Refusals.scheme(scheme);
    };
  }
}
