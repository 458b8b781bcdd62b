package dev.lakebed.front;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.http.Headers;
import dev.lakebed.http.LogText;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Protocol;
import dev.lakebed.ops.RequestMetrics;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Finishes requests: writes the answer, counts it, logs it when asked to. */
final class Exchange {
  private static final Logger LOG = System.getLogger("dev.lakebed.requests");

  private final RequestMetrics metrics;
  private final AuditTrail audit;
  private final RefusalLog refusals;
  private final RequestLimits limits;
  private final Clock clock;
  private final boolean logRequests;
  private final Function<Request, Headers> crossOrigin;

  /**
   * Finishes requests so.
   *
   * @param crossOrigin gives the header fields for pages of other origins
   */
  Exchange(
      RequestMetrics metrics,
      AuditTrail audit,
      RefusalLog refusals,
      RequestLimits limits,
      Clock clock,
      boolean logRequests,
      Function<Request, Headers> crossOrigin) {
    this.crossOrigin = crossOrigin;
    this.metrics = metrics;
    this.audit = audit;
    this.refusals = refusals;
    this.limits = limits;
    this.clock = clock;
    this.logRequests = logRequests;
  }

  /**
   * Writes an answer and counts it.
   *
   * @throws IOException when it could not be written whole
   */
  void finish(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Optional<Caller> caller,
      Outcome outcome,
      HttpServletResponse servlet)
      throws IOException {
    long written = 0;
    try {
      written = write(request, outcome.response(), servlet);
    } finally {
      finished(protocol, request, operation, caller, outcome, written);
    }
  }

  /** Writes an answer; see {@link ResponseWriter#write}. */
  long write(Request request, Response response, HttpServletResponse servlet) throws IOException {
    if (request.headers().has("expect")
        && ExchangeFilter.current().awaitsContinue()
        && !response.headers().has("connection")) {
      // The client may send its body or not (RFC 9110, section 10.1.1).
      servlet.setHeader("Connection", "close");
    }
    Response shared =
        request.headers().has("origin") ? response.with(crossOrigin.apply(request)) : response;
    return ResponseWriter.write(
        shared, request.id(), request.method().equals("HEAD"), clock.instant(), servlet);
  }

  private static boolean isUnknown(Optional<Caller> caller) {
    return caller.isEmpty() || caller.get().principal() instanceof Principal.Anonymous;
  }

  /** Counts an answer, enters it into the audit trail, and logs it when asked to. */
  void finished(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Optional<Caller> caller,
      Outcome outcome,
      long written) {
    audit.finished(protocol, request, operation, outcome, caller);
    refusals.finished(protocol, request, operation, outcome, caller);
    if (outcome.isRefusal() && isUnknown(caller)) {
      limits.refused(request);
    } else if (caller.isPresent() && isUnknown(caller)) {
      limits.served(request);
    }
    Response response = outcome.response();
    Duration took = Duration.between(request.receivedAt(), clock.instant());
    metrics.finished(
        protocol.name(),
        operation,
        response.status(),
        took.toNanos() / 1_000_000_000d,
        request.body().length().orElse(0),
        written);
    outcome.errorCode().ifPresent(code -> metrics.failed(protocol.name(), operation, code));
    if (logRequests) {
      LOG.log(
          Level.INFO,
          "{0} {1} {2} {3} {4} {5}",
          request.id(),
          request.connection().remoteAddress(),
          LogText.of(request.method()),
          LogText.of(request.target().path()),
          operation,
          response.status());
    }
  }
}
