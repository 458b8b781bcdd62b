package dev.lakebed.http;

import java.time.Instant;

/**
 * One request, parsed once and never changed.
 *
 * @param id request id, sixteen upper-case hexadecimal digits
 * @param method the method as sent, for example {@code PUT}
 * @param target the raw request target
 * @param query the parsed query of {@code target}
 * @param headers header fields as received
 * @param connection where it came in
 * @param receivedAt when the request head was complete
 * @param body the body; raw until authentication has replaced it by a verified one
 */
public record Request(
    String id,
    String method,
    RawTarget target,
    QueryParameters query,
    Headers headers,
    Connection connection,
    Instant receivedAt,
    RequestBody body) {

  /** The same request with another body. */
  public Request withBody(RequestBody replacement) {
    return new Request(id, method, target, query, headers, connection, receivedAt, replacement);
  }

  /** The same request as sent to another host. */
  public Request withHost(String host) {
    if (host.equals(host())) {
      return this;
    }
    Headers.Builder replaced = Headers.builder().add("host", host);
    headers.all().stream()
        .filter(field -> !field.name().equals("host"))
        .forEach(field -> replaced.add(field.name(), field.value()));
    return withHeaders(replaced.build());
  }

  /** The same request with other headers. */
  public Request withHeaders(Headers replacement) {
    return new Request(id, method, target, query, replacement, connection, receivedAt, body);
  }

  /** The {@code Host} header; empty text when it is missing. */
  public String host() {
    return headers.first("host").orElse("");
  }
}
