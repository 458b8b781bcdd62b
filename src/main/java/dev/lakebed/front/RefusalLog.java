package dev.lakebed.front;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.operation.Protocol;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Gives one line to each request whose sender was not accepted (a wrong secret, an unknown key) or
 * that asks for what is not built, bounded for each client. Refusals by policies have lines of
 * their own.
 */
final class RefusalLog {
  private static final Logger LOG = System.getLogger("dev.lakebed.refusals");
  private static final int LINES_PER_SECOND = 1;
  private static final int NOT_BUILT = 501;

  private final ClientRate rate = new ClientRate(LINES_PER_SECOND, System::nanoTime);
  private final TrustedProxies proxies;

  /**
   * Names clients so.
   *
   * @param proxies know whose address counts
   */
  RefusalLog(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  void finished(
      Protocol.Kind protocol,
      Request request,
      String operation,
      Outcome outcome,
      Optional<Caller> caller) {
    if (outcome.errorCode().isEmpty() || !concerns(outcome.response().status(), caller)) {
      return;
    }
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
                      protocol,
                      operation,
                      outcome.response().status(),
                      outcome.errorCode().get(),
                      outcome.keyClaimedBy(request).orElse("none"),
                      more));
    }
  }

  private static boolean concerns(int status, Optional<Caller> caller) {
    return status == NOT_BUILT || (caller.isEmpty() && status >= 400 && status < 500);
  }
}
