package dev.lakebed.http;

import java.time.Instant;
import java.util.Optional;

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

  public Request withBody(RequestBody replacement) {
    return new Request(id, method, target, query, headers, connection, receivedAt, replacement);
  }

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

  public Request withHeaders(Headers replacement) {
    return new Request(id, method, target, query, replacement, connection, receivedAt, body);
  }

  /** The {@code Host} header; empty text when it is missing. */
  public String host() {
    return headers.first("host").orElse("");
  }

  /** The framing or the head of a request cannot be trusted; the connection is closed after it. */
  public static final class MalformedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, without repeating what was sent. */
    public MalformedRequestException(String message) {
      super(message);
    }
  }

  /**
   * Where a request came in.
   *
   * @param remoteAddress textual address of the peer's socket, never a forwarded header
   * @param secure whether this server itself ended TLS
   * @param localPort the port the request arrived at
   * @param tlsVersion for example {@code 1.3}; empty without TLS, or when the server does not tell
   */
  public record Connection(
      String remoteAddress, boolean secure, int localPort, Optional<String> tlsVersion) {
    public Connection(String remoteAddress, boolean secure, int localPort) {
      this(remoteAddress, secure, localPort, Optional.empty());
    }
  }
}
