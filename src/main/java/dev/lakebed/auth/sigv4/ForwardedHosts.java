package dev.lakebed.auth.sigv4;

import dev.lakebed.http.Request;
import java.util.LinkedHashSet;
import java.util.Set;

/** The host names that a client may have signed: the one that arrived, and those before a proxy. */
final class ForwardedHosts {
  private final SignatureSettings settings;

  ForwardedHosts(SignatureSettings settings) {
    this.settings = settings;
  }

  Set<String> of(Request request) {
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add(request.host());
    if (settings.trustedProxy().test(request.connection().remoteAddress())) {
      request.headers().first("x-forwarded-host").map(ForwardedHosts::first).ifPresent(hosts::add);
      request
          .headers()
          .first("x-forwarded-host")
          .flatMap(
              host ->
                  request
                      .headers()
                      .first("x-forwarded-port")
                      .map(port -> first(host) + ":" + first(port)))
          .ifPresent(hosts::add);
    }
    hosts.addAll(settings.externalHosts());
    return hosts;
  }

  private static String first(String list) {
    int comma = list.indexOf(',');
    return (comma < 0 ? list : list.substring(0, comma)).strip();
  }
}
