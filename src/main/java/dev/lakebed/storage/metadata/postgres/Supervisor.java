package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps one server running: starts it again, ever more slowly, when it ends by itself. */
final class Supervisor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  @FunctionalInterface
  interface Starter<T> {
    T start() throws IOException;
  }

  private final Starter<Postmaster> starter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private volatile Postmaster current;
  private boolean closed;

  private Supervisor(Starter<Postmaster> starter, Postmaster first) {
    this.starter = starter;
    this.current = first;
  }

  static Supervisor start(Starter<Postmaster> starter) throws IOException {
    Postmaster first = starter.start();
    Supervisor supervisor = new Supervisor(starter, first);
    supervisor.watch(first);
    return supervisor;
  }

  Postmaster current() {
    return current;
  }

  /** Stops the server; it is not started again. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      current.stop();
    } finally {
      lock.unlock();
    }
  }

  private void watch(Postmaster postmaster) {
    var thread = Thread.ofPlatform().name("postgres-supervisor").daemon();
    var ended = postmaster.onExit().thenRun(() -> thread.start(this::restart));
    LOG.log(Level.DEBUG, "watching PostgreSQL {0} ({1})", postmaster.pid(), ended);
  }

  private void restart() {
    lock.lock();
    try {
      long pause = FIRST_PAUSE_MILLIS;
      while (!closed) {
        LOG.log(Level.WARNING, "PostgreSQL ended by itself; starting it again");
        try {
          current = starter.start();
          watch(current);
          return;
        } catch (IOException e) {
          LOG.log(Level.ERROR, "PostgreSQL does not start, next try in " + pause + " ms", e);
        }
        if (closing.await(pause, TimeUnit.MILLISECONDS)) {
          return;
        }
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops the server when the JVM ends, also one that is just being started: its process would go
   * on without us. Hooks run side by side: whoever uses the database has some time to stop it
   * otherwise, after its last statement.
   */
  static final class StopAtExit {
    private static final System.Logger LOG = System.getLogger(StopAtExit.class.getName());
    private static final int START_SECONDS = 30;
    private static final int ORDERLY_SECONDS = 15;

    private final CompletableFuture<Supervisor> starting = new CompletableFuture<>();
    private final CountDownLatch otherwise = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "postgres-shutdown");

    private StopAtExit() {}

    /** From now on the end of the JVM waits for the start; refuses when it is ending already. */
    static StopAtExit beforeStart() throws IOException {
      StopAtExit stop = new StopAtExit();
      try {
        Runtime.getRuntime().addShutdownHook(stop.hook);
      } catch (IllegalStateException ending) {
        throw new IOException("the process is ending", ending);
      }
      return stop;
    }

    /** Starts the server that is to be stopped. */
    Supervisor started(Starter<Supervisor> starter) throws IOException {
      try {
        Supervisor supervisor = starter.start();
        starting.complete(supervisor);
        return supervisor;
      } catch (IOException | RuntimeException failed) {
        starting.cancel(false);
        cancel();
        throw failed;
      }
    }

    /** The server is stopped otherwise. */
    void cancel() {
      otherwise.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        LOG.log(Level.DEBUG, "the JVM is ending: {0}", e.getMessage());
      }
    }

    private void stop() {
      try {
        Supervisor supervisor = starting.get(START_SECONDS, TimeUnit.SECONDS);
        if (!otherwise.await(ORDERLY_SECONDS, TimeUnit.SECONDS)) {
          supervisor.close();
        }
      } catch (CancellationException notStarted) {
        LOG.log(Level.DEBUG, "PostgreSQL was not started", notStarted);
      } catch (IOException | ExecutionException | TimeoutException e) {
        LOG.log(Level.ERROR, "cannot stop PostgreSQL", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
