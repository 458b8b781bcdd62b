package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.List;
import java.util.Optional;

/** Reads a claim of version 2 from the query of a presigned URL. */
final class LegacyQuery {
  private static final String KEY = "AWSAccessKeyId";
  private static final String SIGNATURE = "Signature";
  static final String EXPIRES = "Expires";

  /** The parameters that make the signature and are not covered by it. */
  static final List<String> PARAMETERS = List.of(KEY, SIGNATURE, EXPIRES);

  private LegacyQuery() {}

  /** Whether the query carries such a signature, be it complete or not. */
  static boolean isPresent(QueryParameters query) {
    return query.has(KEY) || query.has(SIGNATURE);
  }

  /**
   * Reads the claim.
   *
   * @param request its query parameters of signed headers have become headers
   */
  static LegacyClaim parse(Request request) {
    QueryParameters query = request.query();
    PARAMETERS.forEach(name -> requireOnce(query, name));
    return new LegacyClaim(
        AuthType.QUERY,
        required(query, KEY),
        required(query, SIGNATURE),
        request.headers().first("x-amz-security-token"),
        required(query, EXPIRES),
        Optional.empty());
  }

  private static String required(QueryParameters query, String name) {
    return query
        .first(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                Refusals.missing(
                    "Query-string authentication requires the Signature, Expires and"
                        + " AWSAccessKeyId parameters"));
  }

  private static void requireOnce(QueryParameters query, String name) {
    if (query.all().stream().filter(parameter -> parameter.name().equals(name)).count() > 1) {
      throw Refusals.malformedQuery("The query parameter " + name + " occurs more than once.");
    }
  }
}
