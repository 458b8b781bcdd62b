package dev.lakebed.wire;

/**
 * Where a request came in.
 *
 * @param remoteAddress textual address of the peer's socket, never a forwarded header
 * @param secure whether this server itself ended TLS
 * @param localPort the port the request arrived at
 */
public record Connection(String remoteAddress, boolean secure, int localPort) {}
