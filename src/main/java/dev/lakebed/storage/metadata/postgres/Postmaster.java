package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.metadata.postgres.Command.OutputTail;
import dev.lakebed.storage.metadata.postgres.ServerStop.PidFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One running server process. */
record Postmaster(Listener listener, Process process, OutputTail output, ServerStop ending) {
  private static final System.Logger LOG = System.getLogger(Postmaster.class.getName());

  /** Crash recovery replays at most {@code max_wal_size} of log, which takes minutes at worst. */
  private static final Duration START_LIMIT = Duration.ofMinutes(15);

  private static final long POLL_MILLIS = 5;

  private static final Pattern BROKEN_CONSTRAINT =
      Pattern.compile("^ERROR: .* violates (?:foreign key|unique) constraint ");

  /**
   * Starts the server and waits until it takes connections, through crash recovery if need be; a
   * failure tells what it printed.
   */
  static Postmaster start(
      Binaries binaries, Cluster cluster, Account account, Listener listener, AccessFile access)
      throws IOException {
    List<String> command = new ArrayList<>();
    // A terminal's Ctrl-C must reach the JVM only, which then stops the server in order.
    command.add("setsid");
    command.addAll(account.prefix());
    command.addAll(List.of(binaries.program("postgres"), "-D", cluster.data().toString()));
    List<String> options = new ArrayList<>(listener.options());
    options.add("hba_file=" + access.write(listener));
    command.addAll(ServerOptions.arguments(options));
    Process process = Command.prepare(cluster.data(), List.of(), command).start();
    OutputTail output =
        OutputTail.follow(process, line -> LOG.log(level(line), "postgres: {0}", line));
    Postmaster postmaster =
        new Postmaster(
            listener, process, output, new ServerStop(binaries, account, process.toHandle()));
    postmaster.awaitReady(cluster.data());
    return postmaster;
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  long pid() {
    return process.pid();
  }

  /** Stops the server cleanly and waits for its end. */
  void stop() throws IOException {
    ending.run();
  }

  /**
   * What PostgreSQL says of every connection that a stop ends tells nobody anything, and what broke
   * a constraint is an answer to who asked, or an error of the server with a line of its own.
   */
  static Level level(String line) {
    return line.startsWith("LOG:")
            || line.endsWith(" due to administrator command")
            || BROKEN_CONSTRAINT.matcher(line).find()
        ? Level.DEBUG
        : Level.WARNING;
  }

  private void awaitReady(Path data) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        Optional<PidFile> file = PidFile.read(data);
        if (file.isPresent() && file.get().pid() == process.pid() && file.get().ready()) {
          return;
        }
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException("PostgreSQL did not start: " + output.await());
        }
      }
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was starting", e);
    }
    stop();
    throw new IOException("PostgreSQL was not ready after " + START_LIMIT);
  }

  /** Who may connect: our role to its database, by password, and nobody else. */
  record AccessFile(DurableDirectory home, Account account) {
    private static final String NAME = "access.conf";

    Path write(Listener listener) throws IOException {
      String line =
          listener.access(DatabaseRole.DATABASE + " " + DatabaseRole.NAME) + " scram-sha-256\n";
      home.write(NAME, line.getBytes(StandardCharsets.US_ASCII));
      account.own(home.resolve(NAME));
      return home.resolve(NAME);
    }
  }
}
