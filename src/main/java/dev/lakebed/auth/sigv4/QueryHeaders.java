package dev.lakebed.auth.sigv4;

import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Headers that clients of version 2 sign and then move into the query of a presigned URL: those of
 * {@code x-amz-*}, {@code content-type} and {@code content-md5}. They count as the headers that
 * they were signed as, so that what was signed is what is done.
 */
final class QueryHeaders {
  private static final String AMZ = "x-amz-";
  private static final Set<String> STANDARD = Set.of("content-type", "content-md5");

  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");

  private QueryHeaders() {}

  static boolean isOne(String parameter) {
    return parameter.regionMatches(true, 0, AMZ, 0, AMZ.length()) || STANDARD.contains(parameter);
  }

  /**
   * The request with those headers.
   *
   * @throws dev.lakebed.auth.AuthenticationException when one comes twice with different values
   */
  static Request asHeaders(Request request) {
    Headers.Builder headers = Headers.builder();
    request.headers().all().forEach(field -> headers.add(field.name(), field.value()));
    for (QueryParameters.Parameter parameter : request.query().all()) {
      if (isOne(parameter.name())) {
        String name = parameter.name().toLowerCase(Locale.ROOT);
        String value = Bytes.of(parameter.value());
        requireField(name, value);
        if (requireSame(headers.build(), name, value)) {
          headers.add(name, value);
        }
      }
    }
    return request.withHeaders(headers.build());
  }

  /** RFC 9110, sections 5.1 and 5.5: what cannot be a header must not become one. */
  private static void requireField(String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw Refusals.malformedQuery("A header in the query is malformed.");
    }
  }

  private static boolean requireSame(Headers headers, String name, String value) {
    boolean known = headers.has(name);
    if (known && !headers.all(name).stream().allMatch(value::equals)) {
      throw Refusals.malformedQuery(
          "The header " + name + " occurs more than once, in the query or beside it.");
    }
    return !known;
  }
}
