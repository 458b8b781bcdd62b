package dev.lakebed.s3.bucket;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.storage.metadata.bucket.CorsRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser says about the page that sends a request, or that would send it; and the headers
 * that let the page read the answer (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html">AWS, Elements
 * of a CORS configuration</a>; <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch,
 * CORS protocol</a>).
 *
 * @param method the method that it asks for, or that the request has
 * @param headers names of the headers that it asks for, in lower case
 */
public record CrossOriginRequest(String origin, Optional<String> method, List<String> headers) {
  private static final String PREFIX = "access-control-";
  private static final String ANY = "*";

  /** Its presence makes the request one from another origin. */
  static final String ORIGIN = "origin";

  private static final String METHOD = "access-control-request-method";
  private static final String HEADERS = "access-control-request-headers";

  /** More than any page sends; a question costs nobody a signature, so it must be cheap. */
  private static final int MAX_HEADERS = 100;

  /**
   * What may stand in the answer. Path, query, fragment and user are no part of an origin (RFC 6454
   * section 7): no wildcard stands for a text with another host before it.
   */
  private static final Pattern ORIGINS =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*://)?[!-~&&[^/?#@\\\\]]{1,2048}");

  /** The question that a preflight asks; empty without an origin. */
  static Optional<CrossOriginRequest> asked(Request request) {
    return of(request, request.headers().first(METHOD));
  }

  /**
   * An actual request; empty without an origin. A method or headers that it asks for count, as on
   * AWS.
   */
  static Optional<CrossOriginRequest> actual(Request request) {
    return of(request, request.headers().first(METHOD).or(() -> Optional.of(request.method())));
  }

  private static Optional<CrossOriginRequest> of(Request request, Optional<String> method) {
    return request
        .headers()
        .first(ORIGIN)
        .filter(origin -> ORIGINS.matcher(origin).matches())
        .map(origin -> new CrossOriginRequest(origin, method, names(request)));
  }

  private static List<String> names(Request request) {
    return request.headers().all(HEADERS).stream()
        .flatMap(list -> Arrays.stream(list.split(",", MAX_HEADERS + 2)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .distinct()
        .limit(MAX_HEADERS + 1L)
        .toList();
  }

  Optional<CorsRule> firstOf(List<CorsRule> rules) {
    if (method.isEmpty() || headers.size() > MAX_HEADERS) {
      return Optional.empty();
    }
    return rules.stream().filter(this::passes).findFirst();
  }

  private boolean passes(CorsRule rule) {
    return rule.methods().contains(method.orElseThrow())
        && pattern(rule).isPresent()
        && headers.stream().allMatch(name -> isAllowed(name, rule));
  }

  Optional<String> pattern(CorsRule rule) {
    return rule.origins().stream().filter(pattern -> matches(pattern, origin)).findFirst();
  }

  private static boolean isAllowed(String name, CorsRule rule) {
    return rule.headers().stream()
        .anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), name));
  }

  private static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text);
    }
    String end = pattern.substring(star + 1);
    return text.length() >= pattern.length() - 1
        && text.startsWith(pattern.substring(0, star))
        && text.endsWith(end);
  }

  /** The headers of any answer, be it an error, to a request on a bucket with these rules. */
  public static Headers headers(Request request, List<CorsRule> rules) {
    if (rules.isEmpty() || !request.headers().has(ORIGIN)) {
      return Headers.NONE;
    }
    return actual(request)
        .flatMap(actual -> actual.firstOf(rules).map(rule -> headers(rule, actual)))
        .orElseGet(() -> vary(Headers.builder()))
        .build();
  }

  /**
   * Whatever a rule says of a request that it lets pass. Only an origin that was named is told that
   * it may send credentials.
   */
  static Headers.Builder headers(CorsRule rule, CrossOriginRequest request) {
    Headers.Builder headers = Headers.builder();
    if (request.pattern(rule).filter(ANY::equals).isPresent()) {
      headers.add(PREFIX + "allow-origin", ANY);
    } else {
      headers
          .add(PREFIX + "allow-origin", request.origin())
          .add(PREFIX + "allow-credentials", "true");
    }
    headers.add(PREFIX + "allow-methods", String.join(", ", rule.methods()));
    if (!rule.exposed().isEmpty()) {
      headers.add(PREFIX + "expose-headers", String.join(", ", rule.exposed()));
    }
    rule.maxAgeSeconds()
        .ifPresent(seconds -> headers.add(PREFIX + "max-age", Integer.toString(seconds)));
    return vary(headers);
  }

  /** So that no cache gives the answer for one origin to another. */
  private static Headers.Builder vary(Headers.Builder headers) {
    return headers.add(
        "vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  }
}
