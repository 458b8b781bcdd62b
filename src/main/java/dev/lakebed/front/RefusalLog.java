package dev.lakebed.front;

import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ClientRate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

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
