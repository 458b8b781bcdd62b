package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** One sentence; {@code data} is where started servers keep their files. */
  static String describe(Path data) throws IOException {
    return "Measured %s: %s, %d processors, %d MiB memory, Linux %s, Java %s, files on %s.\n"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            field(Path.of("/proc/cpuinfo"), "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) >> 10,
            System.getProperty("os.version"),
            Runtime.version(),
            Files.getFileStore(data).type());
  }

  private static String field(Path file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .orElse("unknown " + name);
    }
  }
}
