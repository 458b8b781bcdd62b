package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How signatures are judged.
 *
 * @param region the only one accepted in a scope; empty accepts any text
 * @param externalHosts {@code Host} values, port included, under which clients may reach this
 *     server through a proxy that rewrites the header
 * @param trustedProxy tells by a peer's textual address whether its {@code X-Forwarded-Host} counts
 * @param memoryBodyLimit greatest body, in bytes, of a request to any service but S3
 */
public record SignatureSettings(
    Optional<String> region,
    List<String> externalHosts,
    Predicate<String> trustedProxy,
    int memoryBodyLimit,
    boolean unsignedPayloadOutsideS3,
    boolean version2,
    VirtualHosts virtualHosts) {
  /** Any region, no proxy, 1 MiB, no unsigned payload outside S3, version 2, path style. */
  public static final SignatureSettings DEFAULT =
      new SignatureSettings(
          Optional.empty(), List.of(), peer -> false, 1024 * 1024, false, true, VirtualHosts.NONE);

  private static final int MOST_HOSTS = 16;

  /** Checks the ranges: at most 16 hosts, a limit of at least one byte. */
  public SignatureSettings {
    externalHosts = List.copyOf(externalHosts);
    if (externalHosts.size() > MOST_HOSTS) {
      throw new IllegalArgumentException("more than " + MOST_HOSTS + " external hosts");
    }
    if (memoryBodyLimit < 1) {
      throw new IllegalArgumentException("the limit of bodies in memory is not positive");
    }
  }

  /** Demands the service and, where there is one, the region. */
  void requireScope(CredentialScope scope, AuthType type, String service) {
    if (!scope.service().equals(service)) {
      throw SignatureRefusals.wrongService(type, scope.service(), service);
    }
    if (region.isPresent() && !region.get().equals(scope.region())) {
      throw SignatureRefusals.wrongRegion(type, scope.region(), region.get());
    }
  }

  /** Demands that requests to that service may be signed by version 2. */
  void requireVersion2(String service) {
    if (!service.equals("s3")) {
      throw SignatureRefusals.version2OutsideS3();
    }
    if (!version2) {
      throw SignatureRefusals.version2();
    }
  }

  /** The hosts that a client may have signed: the one that arrived, and those before a proxy. */
  Set<String> hosts(Request request) {
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add(request.host());
    Optional<String> host = forwardedHost(request);
    host.ifPresent(hosts::add);
    host.flatMap(name -> forwarded(request, "x-forwarded-port").map(port -> name + ":" + port))
        .ifPresent(hosts::add);
    hosts.addAll(externalHosts);
    return hosts;
  }

  /** The request as sent to the host that a trusted proxy names. */
  Request asForwarded(Request request) {
    return forwardedHost(request).map(request::withHost).orElse(request);
  }

  private Optional<String> forwardedHost(Request request) {
    return trustedProxy.test(request.connection().remoteAddress())
        ? forwarded(request, "x-forwarded-host")
        : Optional.empty();
  }

  private static Optional<String> forwarded(Request request, String header) {
    return request.headers().first(header).map(list -> list.split(",", 2)[0].strip());
  }
}
