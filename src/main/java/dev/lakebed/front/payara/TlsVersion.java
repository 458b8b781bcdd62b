package dev.lakebed.front.payara;

import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ssl.SSLUtils;

/** The version of TLS that a connection has agreed on, as AWS writes it: a number. */
final class TlsVersion {
  private static final String PREFIX = "TLSv";

  private TlsVersion() {}

  static Optional<String> of(Connection<?> connection) {
    SSLEngine engine = SSLUtils.getSSLEngine(connection);
    if (engine == null) {
      return Optional.empty();
    }
    String protocol = engine.getSession().getProtocol();
    if (!protocol.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String version = protocol.substring(PREFIX.length());
    return Optional.of(version.contains(".") ? version : version + ".0");
  }
}
