package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps one server running: starts it again, ever more slowly, when it ends by itself. */
final class Supervisor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /** Starts a server. */
  @FunctionalInterface
  interface Starter {
    Postmaster start() throws IOException;
  }

  private final Starter starter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private volatile Postmaster current;
  private boolean closed;

  private Supervisor(Starter starter, Postmaster first) {
    this.starter = starter;
    this.current = first;
  }

  static Supervisor start(Starter starter) throws IOException {
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
    var ended = postmaster.onExit().thenRun(this::ended);
    LOG.log(Level.DEBUG, "watching PostgreSQL {0} ({1})", postmaster.pid(), ended);
  }

  private void ended() {
    Thread.ofPlatform().name("postgres-supervisor").daemon().start(this::restart);
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
}
