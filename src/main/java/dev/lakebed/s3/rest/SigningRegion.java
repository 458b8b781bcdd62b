package dev.lakebed.s3.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The region in the credential scope of a request that authentication has accepted. */
public final class SigningRegion {
  private static final Pattern HEADER = Pattern.compile("Credential=[^/,]+/[0-9]{8}/([^/,]+)/");
  private static final Pattern QUERY = Pattern.compile("[^/]+/[0-9]{8}/([^/]+)/.*");

  private SigningRegion() {}

  /** The region text; empty for an anonymous request. */
  public static Optional<String> of(S3Request request) {
    Optional<String> header = request.header("authorization");
    if (header.isPresent()) {
      Matcher scope = HEADER.matcher(header.get());
      return scope.find() ? Optional.of(scope.group(1)) : Optional.empty();
    }
    return request
        .query("X-Amz-Credential")
        .map(QUERY::matcher)
        .filter(Matcher::matches)
        .map(scope -> scope.group(1));
  }
}
