package dev.lakebed.http;

import java.util.Optional;

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
  /** A connection of which the version of TLS is not known. */
  public Connection(String remoteAddress, boolean secure, int localPort) {
    this(remoteAddress, secure, localPort, Optional.empty());
  }
}
