package dev.lakebed.front.limit;

import dev.lakebed.limit.LruMap;
import dev.lakebed.limit.TokenBucket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets networks wait that are refused again and again: their next requests stand in a line, before
 * anything but the head is looked at, and a few of them at a time go on, of each network in turn.
 * To refuse costs a thousandth of a second; thousands of refusals would leave nothing for others.
 * Who was not refused lately never waits, nor does a key that was verified from that network.
 */
public final class Tarpit {
  /** Refusals at once that cost a network nothing. */
  private static final int FREE = 20;

  /** One in five seconds costs nothing in the long run. */
  private static final double FREE_PER_SECOND = 0.2;

  /** How long a network waits after the last refusal that was not free. */
  private static final long NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int MOST_NETWORKS = 4096;
  private static final int MOST_KEYS = 4096;

  /** Somebody in the line. */
  public interface Waiting {
    /** Whether the client gave up meanwhile; it then takes nobody's turn. */
    boolean hasLeft();

    /** It is its turn. Does not block. */
    void goOn();
  }

  private record Verified(String network, String accessKey) {}

  private final LongSupplier nanos;
  private final Map<String, TokenBucket> refusals = new LruMap<>(MOST_NETWORKS);
  private final Map<Verified, Boolean> verified = new LruMap<>(MOST_KEYS);
  private final Map<String, Long> waitsUntil = new ConcurrentHashMap<>();
  private final LinkedHashMap<String, Deque<Waiting>> lines = new LinkedHashMap<>();

  public Tarpit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A request of a network was refused, and nothing is known of who sent it. */
  public void refused(String network) {
    TokenBucket rate;
    synchronized (refusals) {
      rate =
          refusals.computeIfAbsent(network, name -> new TokenBucket(FREE_PER_SECOND, FREE, nanos));
    }
    if (!network.equals(Shares.NOBODY) && rate.permit() < 0) {
      long now = nanos.getAsLong();
      if (waitsUntil.size() >= MOST_NETWORKS) {
        waitsUntil.values().removeIf(end -> now - end >= 0);
      }
      waitsUntil.put(network, now + NANOS);
    }
  }

  /** A request got what it asked for: readers of public buckets may miss one in two. */
  public void served(String network) {
    synchronized (refusals) {
      TokenBucket rate = refusals.get(network);
      if (rate != null) {
        rate.giveBack();
      }
    }
  }

  /** A request from a network was signed with that key. */
  public void verified(String network, String accessKey) {
    if (mustWait(network)) {
      synchronized (verified) {
        verified.put(new Verified(network, accessKey), true);
      }
    }
  }

  /** Whether requests of a network wait, unless they claim a key that was verified. */
  public boolean mustWait(String network) {
    Long end = waitsUntil.get(network);
    return end != null && nanos.getAsLong() - end < 0;
  }

  /** Whether a request of a network waits that claims that key, or none. */
  public boolean mustWait(String network, Optional<String> claimedKey) {
    if (!mustWait(network)) {
      return false;
    }
    synchronized (verified) {
      return claimedKey.map(key -> verified.get(new Verified(network, key))).isEmpty();
    }
  }

  /** Stands in a line, that of a network or of a part of its requests. */
  public void await(String line, Waiting waiting) {
    synchronized (lines) {
      lines.computeIfAbsent(line, name -> new ArrayDeque<>()).add(waiting);
    }
  }

  /** Lets so many go on, of each line in turn, and who left besides; how many there were. */
  public int release(int most) {
    int gone = 0;
    Optional<Waiting> next = next();
    while (next.isPresent()) {
      gone += next.get().hasLeft() ? 0 : 1;
      next.get().goOn();
      next = gone < most ? next() : Optional.empty();
    }
    return gone;
  }

  private Optional<Waiting> next() {
    synchronized (lines) {
      Map.Entry<String, Deque<Waiting>> first = lines.pollFirstEntry();
      if (first == null) {
        return Optional.empty();
      }
      Waiting found = first.getValue().remove();
      if (!first.getValue().isEmpty()) {
        lines.put(first.getKey(), first.getValue()); // behind the others
      }
      return Optional.of(found);
    }
  }
}
