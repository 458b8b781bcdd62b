package dev.lakebed.ops;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What every request adds to the metrics. Label values are closed sets. */
public final class RequestMetrics {
  /** Found once for each outcome: the metrics library makes lists of the labels to find them. */
  private final Map<Outcome, Points> points = new ConcurrentHashMap<>();

  private final Counter requests;
  private final Counter errors;
  private final Histogram seconds;
  private final Counter received;
  private final Counter sent;

  public RequestMetrics(PrometheusRegistry registry) {
    requests =
        counter("lakebed_requests_total", "Requests answered", "protocol", "operation", "status")
            .register(registry);
    errors =
        counter(
                "lakebed_errors_total",
                "Error answers by the code of the protocol, and answers that broke off",
                "protocol",
                "operation",
                "code")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("lakebed_request_seconds")
            .help("Time from the request head to the end of the answer")
            .labelNames("protocol", "operation")
            .classicOnly()
            .classicUpperBounds(
                0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60)
            .register(registry);
    received =
        counter("lakebed_received_bytes_total", "Body bytes announced by requests", "protocol")
            .register(registry);
    sent =
        counter("lakebed_sent_bytes_total", "Body bytes of answers", "protocol").register(registry);
  }

  private static Counter.Builder counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels);
  }

  public void finished(
      String protocol, String operation, int status, double duration, long in, long out) {
    Points found = points.computeIfAbsent(new Outcome(protocol, operation, status), this::pointsOf);
    found.requests.inc();
    found.seconds.observe(duration);
    found.received.inc(in);
    found.sent.inc(out);
  }

  private record Outcome(String protocol, String operation, int status) {}

  private record Points(
      CounterDataPoint requests,
      DistributionDataPoint seconds,
      CounterDataPoint received,
      CounterDataPoint sent) {}

  private Points pointsOf(Outcome outcome) {
    String protocol = outcome.protocol();
    String operation = outcome.operation();
    return new Points(
        requests.labelValues(protocol, operation, Integer.toString(outcome.status())),
        seconds.labelValues(protocol, operation),
        received.labelValues(protocol),
        sent.labelValues(protocol));
  }

  public void failed(String protocol, String operation, String code) {
    errors.labelValues(protocol, operation, code).inc();
  }
}
