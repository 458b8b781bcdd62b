package dev.lakebed.front;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.auth.sigv4.Authenticator;
import dev.lakebed.front.RequestRecords.RefusalLog;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.http.Response;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.operation.Protocol;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.MetricsPage;
import dev.lakebed.ops.RequestMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a {@link Front} is made of; {@code pages} are for everybody, by path below {@code /-/}. */
public record FrontAssembly(
    Settings settings,
    List<Protocol> protocols,
    Authenticator authenticator,
    Front.Callers callers,
    Function<String, Optional<Response>> pages,
    Health health,
    MetricsPage metricsPage,
    RequestMetrics metrics,
    Optional<AuditLog> audit,
    TrustedProxies proxies,
    Tarpit tarpit,
    Clock clock) {
  /** What it needs to know; {@code buckets} are the hosts that name some. */
  public record Settings(
      int icebergPort, boolean logRequests, VirtualHosts buckets, RequestLimits.Settings limits) {}

  public Front build() {
    RequestLimits limits = new RequestLimits(settings.limits(), proxies, tarpit);
    return new Front(
        new Router(protocols, settings.icebergPort()),
        authenticator,
        callers,
        new OperatorRoutes(health, metricsPage, pages, settings.buckets()),
        limits,
        new RequestRecords(
            metrics,
            new AuditTrail(audit, proxies),
            new RefusalLog(proxies),
            limits,
            clock,
            settings.logRequests()),
        clock);
  }
}
