package dev.lakebed.audit;

import dev.lakebed.storage.files.DurableDirectory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of the trail: {@code audit.jsonl} is written, full ones are {@code audit-NUMBER.jsonl},
 * the highest number the newest. The oldest are deleted, so that the trail has a bound.
 */
final class AuditFiles implements AutoCloseable {
  static final String CURRENT = "audit.jsonl";
  private static final String FULL = "audit-%012d.jsonl";
  private static final String FULL_FORM = "audit-\\d{12}\\.jsonl";
  private static final Set<StandardOpenOption> APPENDED =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

  private final Path directory;
  private final long fileBytes;
  private final int files;
  private OutputStream out;
  private long written;

  /** Goes on with the file that is there; keeps so many files, the current one included. */
  AuditFiles(Path directory, long fileBytes, int files) throws IOException {
    this.directory = directory;
    this.fileBytes = fileBytes;
    this.files = files;
    Files.createDirectories(directory, DurableDirectory.OWNER_ONLY_DIRECTORY);
    this.out = open();
  }

  private OutputStream open() throws IOException {
    Path current = directory.resolve(CURRENT);
    Files.newByteChannel(current, APPENDED, DurableDirectory.OWNER_ONLY).close();
    written = Files.size(current);
    return new BufferedOutputStream(
        Files.newOutputStream(current, StandardOpenOption.APPEND), 64 * 1024);
  }

  void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (written > 0 && written + bytes.length > fileBytes) {
      rotate();
    }
    out.write(bytes);
    written += bytes.length;
  }

  void flush() throws IOException {
    out.flush();
  }

  private void rotate() throws IOException {
    out.close();
    List<Path> full = full(directory);
    long number = full.isEmpty() ? 1 : number(full.getLast()) + 1;
    if (Files.exists(directory.resolve(CURRENT))) {
      Files.move(directory.resolve(CURRENT), directory.resolve(FULL.formatted(number)));
    }
    for (int i = 0; i < full.size() + 2 - files; i++) {
      Files.deleteIfExists(full.get(i));
    }
    out = open();
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
  }

  static List<Path> full(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.getFileName().toString().matches(FULL_FORM)).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
