package dev.lakebed.sts;

import dev.lakebed.iam.model.StsSettings;
import java.util.Optional;

/** The issuer of this server's own web identity tokens: {@code sts.issuer}, when it is a URL. */
final class OutboundIssuer {
  private OutboundIssuer() {}

  static Optional<String> of(StsSettings settings) {
    return settings
        .issuer()
        .filter(issuer -> issuer.startsWith("https://") || issuer.startsWith("http://"));
  }
}
