package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import java.util.LinkedHashMap;
import java.util.Map;

/** The query parameters {@code response-*}, which set headers of the answer. */
final class ResponseOverrides {
  private static final Map<String, String> HEADERS =
      Map.of(
          "response-cache-control", "cache-control",
          "response-content-disposition", "content-disposition",
          "response-content-encoding", "content-encoding",
          "response-content-language", "content-language",
          "response-content-type", "content-type",
          "response-expires", "expires");

  private ResponseOverrides() {}

  /** The headers to set, by name. */
  static Map<String, String> parse(S3Request request) {
    if (request.wire().target().query().isEmpty()) {
      return Map.of();
    }
    Map<String, String> overrides = new LinkedHashMap<>();
    HEADERS.forEach(
        (parameter, header) ->
            request
                .query(parameter)
                .ifPresent(value -> overrides.put(header, HeaderText.ofQuery(parameter, value))));
    return overrides;
  }

  /**
   * Refuses them to callers that have not signed.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidRequest
   */
  static void requireSigned(Map<String, String> overrides, Caller caller) {
    if (!overrides.isEmpty() && caller.principal() instanceof Principal.Anonymous) {
      throw S3Error.INVALID_REQUEST.exception(
          "Request specific response headers cannot be used for anonymous GET requests.");
    }
  }
}
