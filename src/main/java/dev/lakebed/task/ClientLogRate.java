package dev.lakebed.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Bounds lines that clients cause: for each client, and for all together. */
public final class ClientLogRate {
  private static final int MOST_CLIENTS = 1024;

  private final double perSecond;
  private final LongSupplier nanos;
  private final LogRate all;

  /** The clients that were heard of last; another that was forgotten starts anew. */
  private final Map<String, LogRate> clients =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LogRate> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  /**
   * Nothing was written yet.
   *
   * @param perSecond lines of one client, ten times as many at once; all together ten times that
   */
  public ClientLogRate(double perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.all = new LogRate(10 * perSecond, 100 * perSecond, nanos);
  }

  /**
   * Whether the client may write a line now.
   *
   * @return -1 when not; else how many lines of this client, or for want of room for all, were left
   *     out since the last one
   */
  public long permit(String client) {
    long own = of(client).permit();
    if (own < 0) {
      return own;
    }
    long together = all.permit();
    return together < 0 ? together : own + together;
  }

  private LogRate of(String client) {
    synchronized (clients) {
      return clients.computeIfAbsent(client, name -> new LogRate(perSecond, 10 * perSecond, nanos));
    }
  }
}
