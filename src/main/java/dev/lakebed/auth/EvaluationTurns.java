package dev.lakebed.auth;

import dev.lakebed.limit.ClientPlaces;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.policy.Keys.Effort;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What long evaluations of policies may have of the processors: half of them, a slice each, in the
 * order in which they came. A client has few places in that line, so that his next slice comes
 * after one of everybody else. Short evaluations, nearly all, never come here.
 */
public final class EvaluationTurns {
  /** What every request has without a turn, a few milliseconds. */
  static final long FREE_STEPS = 4_000_000;

  /** What it has for a turn, a millisecond or two. */
  static final long SLICE = 1_000_000;

  /** What it has in all; its client may be gone long since. */
  static final long MOST_STEPS = 2_000_000_000;

  /** How long it waits in all. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ClientPlaces places;
  private final Semaphore turns;
  private final Duration patience;

  /** So many turns at a time. */
  EvaluationTurns(ClientShare share, int turns, Duration patience) {
    this.places = share.places(turns);
    this.turns = new Semaphore(turns, true);
    this.patience = patience;
  }

  /** Turns on half of the processors of this machine. */
  public static EvaluationTurns of(ClientShare share) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new EvaluationTurns(share, Math.max(1, processors / 2), PATIENCE);
  }

  /** The effort of one request, whose thread it is. */
  Exertion begin() {
    return new Exertion();
  }

  /** Whether somebody waits for a turn. */
  boolean isAwaited() {
    return turns.hasQueuedThreads();
  }

  /** What one request has spent. For one thread at a time. */
  final class Exertion implements Effort {
    private long left = FREE_STEPS;
    private long most = MOST_STEPS - FREE_STEPS;
    private long waitedNanos;
    private ClientPlaces.@Nullable Place held;

    private Exertion() {}

    /** {@code ServerBusyException} when the request has had all it may have, or no turn comes. */
    @Override
    public void spend(long steps) {
      left -= steps;
      if (left < 0) {
        nextSlice();
      }
    }

    /** What comes next does not evaluate: others have the turn meanwhile. */
    void rest() {
      if (held != null) {
        turns.release();
        held.close();
        held = null;
        settle();
      }
    }

    private void settle() {
      most += left;
      left = 0;
    }

    private void nextSlice() {
      rest();
      settle();
      if (most <= 0) {
        throw new ServerBusyException("The policies take too long to evaluate for one request");
      }
      long begin = System.nanoTime();
      ClientPlaces.Place place = places.take(patienceLeft()).orElseThrow(Exertion::tooLong);
      waitedNanos += System.nanoTime() - begin;
      if (!comesUp()) {
        place.close();
        throw tooLong();
      }
      held = place;
      most -= SLICE;
      left = SLICE;
    }

    private boolean comesUp() {
      long begin = System.nanoTime();
      try {
        return turns.tryAcquire(patienceLeft().toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        waitedNanos += System.nanoTime() - begin;
      }
    }

    private Duration patienceLeft() {
      return patience.minusNanos(waitedNanos);
    }

    private static ServerBusyException tooLong() {
      return new ServerBusyException("Too many policies are evaluated at a time");
    }
  }
}
