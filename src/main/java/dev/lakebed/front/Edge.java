package dev.lakebed.front;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.auth.sigv4.Authenticator;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.front.payara.HookWatch;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Protocol;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.MetricsPage;
import dev.lakebed.ops.RequestMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Everything that stands between the server's listeners and the protocols. */
public final class Edge {
  /**
   * What the edge needs to know.
   *
   * @param icebergPort port of the Iceberg REST catalog
   * @param logRequests whether each request gets a log line
   * @param limits what requests in work may hold
   */
  public record Settings(int icebergPort, boolean logRequests, RequestLimits.Settings limits) {}

  private final Set<Object> components;

  /**
   * Joins the parts.
   *
   * @param pages documents for everybody, by path below {@code /-/}
   */
  public Edge(
      Settings settings,
      List<Protocol> protocols,
      Authenticator authenticator,
      Callers callers,
      Function<String, Optional<Response>> pages,
      Health health,
      MetricsPage metricsPage,
      RequestMetrics metrics,
      Optional<AuditLog> audit,
      TrustedProxies proxies,
      HookWatch hook,
      Clock clock) {
    Pipeline pipeline =
        new Pipeline(new Router(protocols, settings.icebergPort()), authenticator, callers);
    RequestLimits limits = new RequestLimits(settings.limits(), proxies, hook.tarpit());
    Exchange exchange =
        new Exchange(
            metrics,
            new AuditTrail(audit, proxies, protocols),
            new RefusalLog(proxies),
            limits,
            clock,
            settings.logRequests(),
            request -> pipeline.router().route(request).crossOrigin(request));
    CallRunner runner = new CallRunner(pipeline, exchange);
    this.components =
        Set.of(
            new PipelineFilter(
                new RequestReader(clock),
                pipeline,
                new OperatorRoutes(health, metricsPage, pages),
                exchange,
                limits,
                hook),
            new S3Resource(runner),
            new TablesResource(runner),
            new QueryResource(runner),
            new IcebergResource(runner));
  }

  /** The JAX-RS filter and resources. */
  Set<Object> components() {
    return components;
  }
}
