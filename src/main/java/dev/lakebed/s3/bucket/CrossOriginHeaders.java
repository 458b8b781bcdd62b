package dev.lakebed.s3.bucket;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.storage.metadata.bucket.CorsRule;
import java.util.List;

/**
 * The headers that let a page of another origin read an answer (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html">AWS, Elements
 * of a CORS configuration</a>; <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch,
 * CORS protocol</a>).
 */
public final class CrossOriginHeaders {
  private static final String PREFIX = "access-control-";
  private static final String ANY = "*";

  private CrossOriginHeaders() {}

  /**
   * The headers of any answer, be it an error, to a request on a bucket with these rules.
   *
   * @return none for a request without origin
   */
  public static Headers of(Request request, List<CorsRule> rules) {
    if (rules.isEmpty() || !request.headers().has(CrossOriginRequest.ORIGIN)) {
      return Headers.NONE;
    }
    return CrossOriginRequest.actual(request)
        .flatMap(actual -> actual.firstOf(rules).map(rule -> of(rule, actual)))
        .orElseGet(() -> vary(Headers.builder()))
        .build();
  }

  /**
   * Whatever a rule says of a request that it lets pass. Only an origin that was named is told that
   * it may send credentials.
   */
  static Headers.Builder of(CorsRule rule, CrossOriginRequest request) {
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
