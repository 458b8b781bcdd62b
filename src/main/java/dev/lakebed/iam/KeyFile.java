package dev.lakebed.iam;

import dev.lakebed.iam.ConfigWatcher.FileState;
import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.files.DurableDirectory.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

  /** Reads the text of the file, or says in an IOException in what form it should be. */
  interface Parser<T> {
    T parse(String text) throws IOException;
  }

  /** Reads the file, in which {@code first} is written when there is none yet. */
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

  /** Files with a base64 key a line, of which the first seals and all open. */
  static final class KeyLines {
    private static final int BYTES = 32;

    private KeyLines() {}

    /** The keys, at least one, each of {@code least} to {@code most} bytes. */
    static List<byte[]> parse(String text, int least, int most) throws IOException {
      List<byte[]> keys = new ArrayList<>();
      try {
        text.lines().forEach(line -> keys.add(Base64.getDecoder().decode(line.strip())));
      } catch (IllegalArgumentException notBase64) {
        throw malformed(least, most);
      }
      if (keys.isEmpty() || keys.stream().anyMatch(k -> k.length < least || k.length > most)) {
        throw malformed(least, most);
      }
      return keys;
    }

    private static IOException malformed(int least, int most) {
      String length = least == most ? String.valueOf(least) : least + " to " + most;
      return new IOException("must hold base64 keys of " + length + " bytes, one a line");
    }

    static String generate() {
      byte[] key = new byte[BYTES];
      new SecureRandom().nextBytes(key);
      return Base64.getEncoder().encodeToString(key) + "\n";
    }
  }

  /** A small file that only the server's user may read, written once and durably. */
  static final class PrivateFile {
    private PrivateFile() {}

    /** The content; made by {@code first} when there is no file yet. */
    static String readOrCreate(Path directory, String name, Supplier<String> first)
        throws IOException {
      DurableDirectory folder = DurableDirectory.create(directory);
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        // Whoever made it may have been killed before its name was durable.
        folder.sync();
      } else {
        folder.writeIfAbsent(name, first.get().getBytes(StandardCharsets.UTF_8));
      }
      return Files.readString(file);
    }
  }
}
