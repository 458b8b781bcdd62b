package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server that outlived a killed Lakebed. Called with the directory's lock held. */
final class Leftover {
  private static final System.Logger LOG = System.getLogger(Leftover.class.getName());

  private Leftover() {}

  /** Stops it, and removes a stale process id file that would keep the new server from starting. */
  static void clear(Binaries binaries, Path data, Account account) throws IOException {
    Optional<PidFile> file = PidFile.read(data);
    if (file.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(file.get().pid());
    if (process.isPresent() && isOurs(process.get(), data)) {
      LOG.log(
          Level.INFO, "stopping PostgreSQL left by a killed Lakebed, process " + file.get().pid());
      new Stop(binaries, account, process.get()).run();
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
}
