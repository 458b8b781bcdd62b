package dev.lakebed.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a trail back, whether a server is writing it or not. One line is in memory at a time, and
 * of that no more than a line of the trail can have.
 */
public record AuditSearch(Path directory) {
  private static final int MAX_LINE = 1 << 20;

  /** The first line wanted, of the newest file with one; fails when there is no directory. */
  public Optional<String> find(Predicate<String> wanted) throws IOException {
    // The full files are listed after the current one was read: it may become one meanwhile.
    Optional<String> found = find(directory.resolve(AuditFiles.CURRENT), wanted);
    if (found.isEmpty()) {
      for (Path file : AuditFiles.full(directory).reversed()) {
        found = find(file, wanted);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return found;
  }

  private static Optional<String> find(Path file, Predicate<String> wanted) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        Reader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = text.read(); c >= 0; c = text.read()) {
        if (c != '\n') {
          if (line.length() < MAX_LINE) {
            line.append((char) c);
          }
          continue;
        }
        String whole = line.toString();
        if (wanted.test(whole)) {
          return Optional.of(whole);
        }
        line.setLength(0);
      }
      return Optional.empty();
    } catch (NoSuchFileException deletedMeanwhile) {
      return Optional.empty();
    }
  }
}
