package dev.lakebed.storage.metadata;

import java.util.List;
import java.util.Optional;

/**
 * Which pages of other origins may use a bucket (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html">AWS, CORSRule</a>).
 *
 * @param origins origins, each with at most one {@code *}, which stands for any text
 * @param methods methods of HTTP
 * @param headers names of request headers, each with at most one {@code *}
 * @param exposed names of answer headers that scripts may read
 * @param maxAgeSeconds how long a browser may remember the answer
 */
public record CorsRule(
    Optional<String> id,
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    Optional<Integer> maxAgeSeconds) {
  /** Copies the lists. */
  public CorsRule {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
    if (origins.isEmpty() || methods.isEmpty()) {
      throw new IllegalArgumentException("a CORS rule has an origin and a method");
    }
  }
}
