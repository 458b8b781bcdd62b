package dev.lakebed.front.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An amount that many share and of which each may hold only a part. What is taken must be given
 * back by the same holder.
 */
public final class Shares {
  /** A holder without a bound of its own. */
  public static final String NOBODY = "";

  private final long total;
  private final long each;
  private final AtomicLong taken = new AtomicLong();
  private final Map<String, Long> holders = new ConcurrentHashMap<>();

  /** So much for all together, and for each. */
  public Shares(long total, long each) {
    if (total < 1 || each < 1) {
      throw new IllegalArgumentException("shares must be positive");
    }
    this.total = total;
    this.each = each;
  }

  /** So much for all together, and that part of it, at least one piece, for each. */
  public static Shares ofPercent(long total, int percent) {
    return new Shares(total, part(total, percent));
  }

  static long part(long total, int percent) {
    return Math.max(1, total * percent / 100);
  }

  /** Takes an amount, or nothing: false when it is too much for the holder or for all. */
  public boolean take(String holder, long amount) {
    // First of its own part: what one may not have is at no moment missing to the others.
    if (!holder.equals(NOBODY) && !hold(holder, amount)) {
      return false;
    }
    if (taken.addAndGet(amount) > total) {
      give(holder, amount);
      return false;
    }
    return true;
  }

  /** Gives an amount back. */
  public void give(String holder, long amount) {
    if (!holder.equals(NOBODY)) {
      holders.computeIfPresent(holder, (name, held) -> held > amount ? held - amount : null);
    }
    taken.addAndGet(-amount);
  }

  /** What all hold together. */
  public long taken() {
    return taken.get();
  }

  private boolean hold(String holder, long amount) {
    boolean[] held = new boolean[1];
    holders.compute(
        holder,
        (name, before) -> {
          long now = (before == null ? 0 : before) + amount;
          held[0] = now <= each;
          return held[0] ? Long.valueOf(now) : before;
        });
    return held[0];
  }
}
