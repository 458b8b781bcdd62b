package dev.lakebed.iam;

import dev.lakebed.storage.files.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A file of keys, made when it is missing and read again when it changes, so that keys are rotated
 * without a restart. A changed file that cannot be used is reported once; the keys that were read
 * before stay in force.
 */
final class KeyFile<T> {
  private static final System.Logger LOG = System.getLogger(KeyFile.class.getName());
  private static final long INTERVAL = Duration.ofMillis(500).toNanos();

  private final Path file;
  private final Parser<T> parser;
  private volatile T keys;
  private volatile long looked;
  private FileState seen;

  /** Reads the text of the file. */
  interface Parser<T> {
    /**
     * The keys.
     *
     * @throws IOException saying in what form they should be
     */
    T parse(String text) throws IOException;
  }

  /**
   * Reads the file.
   *
   * @param first what to write when there is no file yet
   * @throws IOException when it cannot be read, written or used
   */
  KeyFile(Path folder, String name, Supplier<String> first, Parser<T> parser) throws IOException {
    this.file = folder.resolve(name);
    this.parser = parser;
    String text = PrivateFile.readOrCreate(folder, name, first);
    this.seen = FileState.of(file);
    this.keys = parse(text);
    this.looked = System.nanoTime();
  }

  private T parse(String text) throws IOException {
    try {
      return parser.parse(text);
    } catch (IOException unusable) {
      throw new IOException(file + " " + unusable.getMessage(), unusable);
    }
  }

  /** The keys in force; those of a changed file within a second. */
  T keys() {
    long now = System.nanoTime();
    if (now - looked > INTERVAL) {
      look(now);
    }
    return keys;
  }

  private synchronized void look(long now) {
    looked = now;
    FileState state = FileState.of(file);
    if (state.equals(seen)) {
      return;
    }
    seen = state;
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      kept(file + " cannot be read: " + FileFault.words(unreadable));
      return;
    }
    try {
      keys = parse(text);
      LOG.log(System.Logger.Level.INFO, "keys read again from {0}", file);
    } catch (IOException unusable) {
      kept(String.valueOf(unusable.getMessage()));
    }
  }

  private static void kept(String reason) {
    LOG.log(System.Logger.Level.ERROR, reason + "; the keys read before stay in force");
  }
}
