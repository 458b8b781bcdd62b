package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops the server when the JVM ends, also one that is just being started: its process would go on
 * without us.
 */
final class StopAtExit {
  private static final System.Logger LOG = System.getLogger(StopAtExit.class.getName());
  private static final int START_SECONDS = 30;

  private final CompletableFuture<Supervisor> starting = new CompletableFuture<>();
  private final Thread hook = new Thread(this::stop, "postgres-shutdown");

  private StopAtExit() {}

  /**
   * From now on the end of the JVM waits for the start.
   *
   * @throws IOException when the JVM is ending already
   */
  static StopAtExit beforeStart() throws IOException {
    StopAtExit stop = new StopAtExit();
    try {
      Runtime.getRuntime().addShutdownHook(stop.hook);
    } catch (IllegalStateException ending) {
      throw new IOException("the process is ending", ending);
    }
    return stop;
  }

  /** Starts something. */
  @FunctionalInterface
  interface Start {
    Supervisor run() throws IOException;
  }

  /** Starts the server that is to be stopped. */
  Supervisor started(Start start) throws IOException {
    try {
      Supervisor supervisor = start.run();
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
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the JVM is ending: {0}", e.getMessage());
    }
  }

  private void stop() {
    try {
      starting.get(START_SECONDS, TimeUnit.SECONDS).close();
    } catch (CancellationException notStarted) {
      LOG.log(Level.DEBUG, "PostgreSQL was not started", notStarted);
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.log(Level.ERROR, "cannot stop PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
