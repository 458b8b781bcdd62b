package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops a server: fast shutdown (connections are cut, everything is written out), and if that takes
 * too long immediate shutdown, after which the next start recovers.
 */
record ServerStop(Binaries binaries, Account account, ProcessHandle process) {
  private static final System.Logger LOG = System.getLogger(ServerStop.class.getName());
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

  /**
   * With the directory's lock held, stops a server that outlived a killed Lakebed, and removes a
   * stale file that would keep the new one from starting.
   */
  static void clearLeftover(Binaries binaries, Path data, Account account) throws IOException {
    Optional<PidFile> file = PidFile.read(data);
    if (file.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(file.get().pid());
    if (process.isPresent() && isOurs(process.get(), data)) {
      LOG.log(
          Level.INFO, "stopping PostgreSQL left by a killed Lakebed, process " + file.get().pid());
      new ServerStop(binaries, account, process.get()).run();
    } else if (process.isPresent()) {
      // Another program was given the number; PostgreSQL would take it for a running server.
      Files.deleteIfExists(PidFile.in(data));
    }
  }

  private static boolean isOurs(ProcessHandle process, Path data) throws IOException {
    Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      String text = new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8);
      List<String> words = Arrays.asList(text.split("\0", -1));
      int option = words.indexOf("-D");
      return words.getFirst().endsWith("/postgres")
          && option > 0
          && words.get(option + 1).equals(data.toString());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * What a postmaster says of itself in {@code postmaster.pid} (PostgreSQL, "pidfile.h"), and
   * whether it takes connections.
   */
  record PidFile(long pid, boolean ready) {
    private static final int STATUS_LINE = 7;

    static Path in(Path data) {
      return data.resolve("postmaster.pid");
    }

    /** Reads the file; empty when there is none or it is being written. */
    static Optional<PidFile> read(Path data) throws IOException {
      List<String> lines;
      try {
        lines = Files.readAllLines(in(data));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      if (lines.isEmpty() || !lines.getFirst().strip().matches("-?\\d{1,18}")) {
        return Optional.empty();
      }
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      return Optional.of(new PidFile(Math.abs(Long.parseLong(lines.getFirst().strip())), ready));
    }
  }
}
