package dev.lakebed.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The embedded database server's processes, as the operating system shows them. */
final class Postgres {
  private Postgres() {}

  /** The running postmaster of a data directory of Lakebed. */
  static Optional<ProcessHandle> postmaster(Path data) throws IOException {
    Path file = data.resolve("postgres/data/postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  /** The postmaster and its children. */
  static List<ProcessHandle> processes(Path data) throws IOException {
    return postmaster(data).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }
}
