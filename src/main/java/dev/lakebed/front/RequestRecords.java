package dev.lakebed.front;

import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.http.LogText;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.ops.RequestMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/** Enters each request that has ended into metrics, audit trail and logs. */
record RequestRecords(
    RequestMetrics metrics,
    AuditTrail audit,
    RefusalLog refusals,
    RequestLimits limits,
    Clock clock,
    boolean logRequests) {
  private static final Logger LOG = System.getLogger("dev.lakebed.requests");

  /** Enters one, of whose answer so many body bytes were sent. */
  void add(EndedRequest ended, long written) {
    audit.add(ended);
    refusals.add(ended);
    Request request = ended.request();
    if (ended.outcome().isRefusal() && ended.isUnsigned()) {
      limits.refused(request);
    } else if (ended.caller().isPresent() && ended.isUnsigned()) {
      limits.served(request);
    }
    String protocol = ended.protocol().kind().name();
    Duration took = Duration.between(request.receivedAt(), clock.instant());
    metrics.finished(
        protocol,
        ended.operation(),
        ended.status(),
        took.toNanos() / 1_000_000_000d,
        request.body().length().orElse(0),
        written);
    ended
        .outcome()
        .errorCode()
        .ifPresent(code -> metrics.failed(protocol, ended.operation(), code));
    if (logRequests) {
      LOG.log(
          Level.INFO,
          "{0} {1} {2} {3} {4} {5}",
          request.id(),
          request.connection().remoteAddress(),
          LogText.of(request.method()),
          LogText.of(request.target().path()),
          ended.operation(),
          ended.status());
    }
  }

  /**
   * Gives one line to each request whose sender was not accepted (a wrong secret, an unknown key)
   * or that asks for what is not built, bounded for each client. Refusals by policies have lines of
   * their own.
   */
  static final class RefusalLog {
    private static final Logger LOG = System.getLogger("dev.lakebed.refusals");
    private static final int LINES_PER_SECOND = 1;
    private static final int NOT_BUILT = 501;

    private final ClientRate rate = new ClientRate(LINES_PER_SECOND, System::nanoTime);
    private final TrustedProxies proxies;

    RefusalLog(TrustedProxies proxies) {
      this.proxies = proxies;
    }

    void add(EndedRequest ended) {
      if (ended.outcome().errorCode().isEmpty() || !concerns(ended)) {
        return;
      }
      Request request = ended.request();
      String client = proxies.clientAddress(request);
      long leftOut = rate.permit(client);
      if (leftOut >= 0) {
        String more = leftOut == 0 ? "" : " (and " + leftOut + " more before)";
        LOG.log(
            Level.INFO,
            () ->
                "refused request=%s client=%s service=%s operation=%s status=%d code=%s key=%s%s"
                    .formatted(
                        request.id(),
                        client,
                        ended.protocol().kind(),
                        ended.operation(),
                        ended.status(),
                        ended.outcome().errorCode().get(),
                        ended.claimedKey().orElse("none"),
                        more));
      }
    }

    private static boolean concerns(EndedRequest ended) {
      int status = ended.status();
      return status == NOT_BUILT || (ended.caller().isEmpty() && status >= 400 && status < 500);
    }
  }
}
