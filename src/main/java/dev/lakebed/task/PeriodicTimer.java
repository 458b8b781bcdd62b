package dev.lakebed.task;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A daemon thread for {@link Repeated} work. */
public final class PeriodicTimer implements AutoCloseable {
  private final ScheduledExecutorService executor;

  public PeriodicTimer(String thread) {
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name(thread).unstarted(work));
  }

  /**
   * Does work, which the log calls {@code what}, again and again, with that pause before each turn.
   */
  public void every(Duration interval, String what, Runnable work) {
    every(interval, interval, what, work);
  }

  /** The same, with another pause before the first turn. */
  @SuppressWarnings("FutureReturnValueIgnored") // Repeated reports failures
  public void every(Duration first, Duration interval, String what, Runnable work) {
    executor.scheduleWithFixedDelay(
        new Repeated(what, work), first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Interrupts the work and begins none any more. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /**
   * Work of a timer, which the log calls {@code what}. A failure of one turn is logged and does not
   * stop the turns after it.
   */
  public record Repeated(String what, Runnable work) implements Runnable {
    private static final System.Logger LOG = System.getLogger(Repeated.class.getName());

    @Override
    public void run() {
      try {
        work.run();
      } catch (RuntimeException | Error failure) { // an Error, too, would stop the timer for good
        EndOfMemory.endIfOutOf(failure);
        LOG.log(System.Logger.Level.ERROR, what + " failed and is tried again", failure);
      }
    }
  }
}
