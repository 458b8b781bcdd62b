package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops a server: fast shutdown (connections are cut, everything is written out), and if that takes
 * too long immediate shutdown, after which the next start recovers.
 */
record Stop(Binaries binaries, Account account, ProcessHandle process) {
  private static final Duration FAST_LIMIT = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_LIMIT = Duration.ofSeconds(10);

  void run() throws IOException {
    if (!ended(Duration.ZERO)
        && !signalled("INT", FAST_LIMIT)
        && !signalled("QUIT", IMMEDIATE_LIMIT)) {
      throw new IOException("PostgreSQL, process " + process.pid() + ", does not stop");
    }
  }

  private boolean signalled(String signal, Duration limit) throws IOException {
    try {
      Command.run(
          Command.prepare(
              binaries.home(),
              account.prefix(),
              List.of(binaries.program("pg_ctl"), "kill", signal, Long.toString(process.pid()))),
          limit);
    } catch (IOException e) {
      // It may have ended by itself in between.
      if (!ended(Duration.ofSeconds(1))) {
        throw e;
      }
    }
    return ended(limit);
  }

  private boolean ended(Duration limit) throws IOException {
    if (!process.isAlive()) {
      return true;
    }
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("cannot wait for PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was stopping", e);
    }
  }
}
