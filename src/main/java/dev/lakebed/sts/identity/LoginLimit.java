package dev.lakebed.sts.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts log-ins that failed, by source address and by user name, a minute at a time. Who failed
 * too often is refused without a look at the password, whether it is right or wrong. The table is
 * bounded: with more sources than it holds, the oldest counts are forgotten.
 */
public final class LoginLimit {
  /** Failures of one address in one minute, where passwords could be guessed. */
  public static final int PER_ADDRESS = 30;

  /** Failures of one user in one minute, from wherever. */
  public static final int PER_USER = 10;

  private static final int MAX_ENTRIES = 10_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Cache<String, AtomicInteger> addresses;
  private final Cache<String, AtomicInteger> users;

  private final int perAddress;

  /**
   * Counts by the given clock.
   *
   * @param perAddress failures of one address in one minute
   */
  public LoginLimit(Clock clock, int perAddress) {
    this.perAddress = perAddress;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.addresses = table(ticker);
    this.users = table(ticker);
  }

  private static Cache<String, AtomicInteger> table(Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(MAX_ENTRIES)
        .expireAfterWrite(WINDOW)
        .ticker(ticker)
        .build();
  }

  /**
   * Whether another attempt is let through.
   *
   * @param user empty when the attempt names none
   */
  public boolean permits(String address, String user) {
    return count(addresses, address) < perAddress
        && (user.isEmpty() || count(users, user) < PER_USER);
  }

  /** Notes an attempt that failed. */
  public void failed(String address, String user) {
    addresses.get(address, key -> new AtomicInteger()).incrementAndGet();
    if (!user.isEmpty()) {
      users.get(user, key -> new AtomicInteger()).incrementAndGet();
    }
  }

  private static int count(Cache<String, AtomicInteger> table, String key) {
    AtomicInteger count = table.getIfPresent(key);
    return count == null ? 0 : count.get();
  }
}
