package dev.lakebed.edge;

import dev.lakebed.ops.RequestMetrics;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/** Finishes requests: writes the answer, counts it, logs it when asked to. */
final class Exchange {
  private static final Logger LOG = System.getLogger("dev.lakebed.requests");

  private final RequestMetrics metrics;
  private final Clock clock;
  private final boolean logRequests;

  Exchange(RequestMetrics metrics, Clock clock, boolean logRequests) {
    this.metrics = metrics;
    this.clock = clock;
    this.logRequests = logRequests;
  }

  /**
   * Writes the answer of a protocol.
   *
   * @throws IOException when it could not be written whole; the connection is then of no more use
   */
  void finish(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Response response,
      HttpServletResponse servlet)
      throws IOException {
    long written = 0;
    try {
      written =
          ResponseWriter.write(
              response, request.id(), request.method().equals("HEAD"), clock.instant(), servlet);
    } finally {
      Duration took = Duration.between(request.receivedAt(), clock.instant());
      metrics.finished(
          protocol.name(),
          operation,
          response.status(),
          took.toNanos() / 1_000_000_000d,
          request.body().length().orElse(0),
          written);
      if (logRequests) {
        LOG.log(
            Level.INFO,
            "{0} {1} {2} {3} {4} {5}",
            request.id(),
            request.connection().remoteAddress(),
            request.method(),
            request.target().path(),
            operation,
            response.status());
      }
    }
  }
}
