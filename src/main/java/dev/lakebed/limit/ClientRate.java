package dev.lakebed.limit;

import java.util.Map;
import java.util.function.LongSupplier;

/** Bounds how often clients cause something: each client, and all together. */
public final class ClientRate {
  private static final int MOST_CLIENTS = 1024;

  private final double perSecond;
  private final LongSupplier nanos;
  private final TokenBucket all;

  /** The clients that were heard of last; another that was forgotten starts anew. */
  private final Map<String, TokenBucket> clients = new LruMap<>(MOST_CLIENTS);

  /** Permits so many to one client, ten times as many at once; all together ten times that. */
  public ClientRate(double perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.all = new TokenBucket(10 * perSecond, 100 * perSecond, nanos);
  }

  /**
   * -1 when it may not be done for the client now; else how often it was left out for this client,
   * or for want of room for all, since the last time.
   */
  public long permit(String client) {
    long own = of(client).permit();
    if (own < 0) {
      return own;
    }
    long together = all.permit();
    return together < 0 ? together : own + together;
  }

  private TokenBucket of(String client) {
    synchronized (clients) {
      return clients.computeIfAbsent(
          client, name -> new TokenBucket(perSecond, 10 * perSecond, nanos));
    }
  }
}
