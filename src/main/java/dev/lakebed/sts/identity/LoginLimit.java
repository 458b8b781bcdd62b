package dev.lakebed.sts.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts log-ins that failed, by source and by user name, a minute at a time. Who failed too often
 * is refused without a look at the password, whether it is right or wrong. Attempts that are under
 * way count as if they failed until they end: others wait for them, so that guesses at the same
 * time are not more than guesses one after the other. The table is bounded: with more sources than
 * it holds, the oldest counts are forgotten.
 */
public final class LoginLimit {
  /** Failures of one address in one minute, where passwords could be guessed. */
  public static final int PER_ADDRESS = 30;

  /** Failures of one user in one minute, from wherever. */
  public static final int PER_USER = 10;

  private static final int NETWORK_BYTES = 8;
  private static final int MAX_ENTRIES = 10_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Attempts that wait hold threads which others need, so few may wait. */
  private static final int MOST_WAITING = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Cache<String, Count> addresses;
  private final Cache<String, Count> users;
  private final int perAddress;
  private int waiting;

  /** {@code perAddress} failures of one address in one minute are the most. */
  public LoginLimit(Clock clock, int perAddress) {
    this.perAddress = perAddress;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.addresses = table(ticker);
    this.users = table(ticker);
  }

  private static Cache<String, Count> table(Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(MAX_ENTRIES)
        .expireAfterWrite(WINDOW)
        .ticker(ticker)
        .build();
  }

  /** Attempts of one source or for one user; guarded by the lock. */
  private static final class Count {
    private final int most;
    private int failed;
    private int running;

    Count(int most) {
      this.most = most;
    }
  }

  /** An attempt that was let through and must be ended. */
  public final class Attempt {
    private final List<Count> counts;

    private Attempt(List<Count> counts) {
      this.counts = counts;
    }

    /** Notes how it ended. */
    public void end(boolean failed) {
      lock.lock();
      try {
        for (Count count : counts) {
          count.running--;
          count.failed += failed ? 1 : 0;
        }
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Lets an attempt through, perhaps after others have ended; empty when too many failed or are
   * under way. Of those that would have to wait, only the first 32 may.
   */
  public Optional<Attempt> begin(String address, String user) {
    lock.lock();
    try {
      long nanos = PATIENCE.toNanos();
      List<Count> counts = counts(address, user);
      while (counts.stream().anyMatch(count -> count.failed + count.running >= count.most)) {
        if (nanos <= 0
            || waiting >= MOST_WAITING
            || counts.stream().anyMatch(count -> count.failed >= count.most)) {
          return Optional.empty();
        }
        waiting++;
        try {
          nanos = ended.awaitNanos(nanos);
        } finally {
          waiting--;
        }
        counts = counts(address, user);
      }
      counts.forEach(count -> count.running++);
      return Optional.of(new Attempt(counts));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private List<Count> counts(String address, String user) {
    Count source = addresses.get(source(address), key -> new Count(perAddress));
    return user.isEmpty()
        ? List.of(source)
        : List.of(source, users.get(user(user), key -> new Count(PER_USER)));
  }

  /** What counts as one source: of IPv6 the network of 64 bits, all of which one client has. */
  private static String source(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName("[" + address + "]").getAddress();
      return bytes.length > NETWORK_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
          : address;
    } catch (UnknownHostException noLiteral) {
      return address;
    }
  }

  /**
   * What counts as one user: the name without what directories ignore, case, width, spaces,
   * invisible characters. A name in another spelling must not have guesses of its own.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc4518">RFC 4518, string preparation</a>
   */
  private static String user(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("[\\p{Z}\\p{C}\\p{M}]", "")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
