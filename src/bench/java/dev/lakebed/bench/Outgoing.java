package dev.lakebed.bench;

import java.util.Map;

/**
 * One request as it will be sent.
 *
 * @param path the percent-encoded path
 * @param query the query in canonical form (sorted, encoded, every name with {@code =}), or empty
 * @param headers further headers, all signed; names in lower case
 */
record Outgoing(
    Service service,
    String method,
    String path,
    String query,
    Map<String, String> headers,
    Body body) {

  static Outgoing s3(String method, String path) {
    return s3(method, path, "", Body.EMPTY);
  }

  static Outgoing s3(String method, String path, String query, Body body) {
    return new Outgoing(Service.S3, method, path, query, Map.of(), body);
  }

  /** A call of the AWS Query protocol. */
  static Outgoing form(Service service, String form) {
    return new Outgoing(
        service,
        "POST",
        "/",
        "",
        Map.of("content-type", "application/x-www-form-urlencoded"),
        Body.text(form));
  }

  String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }
}
