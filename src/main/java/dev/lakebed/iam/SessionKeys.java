package dev.lakebed.iam;

import dev.lakebed.iam.KeyFile.KeyLines;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.session.SessionKey;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys of session tokens: {@code sts.signingKey} when it is configured, so that several servers
 * share it, else the server's own in {@code session.key}, a base64 key a line. In both places the
 * first key seals and all open, so a key is rotated by putting a new one before it; sessions that a
 * key sealed end when it is taken away.
 */
public final class SessionKeys {
  private static final int LEAST_BYTES = 16;
  private static final int MOST_BYTES = 1024;

  private final IamDirectory directory;
  private final KeyFile<KeyRing> own;
  private volatile Configured configured = new Configured(List.of(), Optional.empty());

  private record Configured(List<Secret> keys, Optional<KeyRing> ring) {}

  /** Reads the server's own key, {@code session.key} in that folder, or makes it. */
  public SessionKeys(IamDirectory directory, Path keys) throws IOException {
    this.directory = directory;
    this.own =
        new KeyFile<>(
            keys,
            "session.key",
            KeyLines::generate,
            text -> ring(KeyLines.parse(text, LEAST_BYTES, MOST_BYTES)));
  }

  /** Reads the server's own keys again if they changed, also when configured ones are used. */
  public void look() {
    own.keys();
  }

  /** The keys in force; another object when they changed. */
  public KeyRing ring() {
    List<Secret> keys = directory.snapshot().sts().signingKeys();
    Configured known = configured;
    if (!known.keys().equals(keys)) {
      known = new Configured(keys, keys.isEmpty() ? Optional.empty() : Optional.of(decode(keys)));
      configured = known;
    }
    return known.ring().orElseGet(own::keys);
  }

  private static KeyRing decode(List<Secret> keys) {
    return ring(keys.stream().map(key -> Base64.getDecoder().decode(key.reveal())).toList());
  }

  private static KeyRing ring(List<byte[]> material) {
    List<SessionKey> keys = material.stream().map(SessionKey::of).toList();
    return new KeyRing(keys.getFirst(), keys.subList(1, keys.size()));
  }

  /**
   * The keys that seal secret access keys in the database, kept in {@code iam.key} and nowhere
   * else. That file has a base64 key of 32 bytes a line; the first seals, all open. Servers on one
   * database need the same file.
   */
  public static final class StoreKeys {
    private static final int BYTES = 32;

    private final KeyFile<List<byte[]>> file;

    /** Reads {@code iam.key} in that folder, or makes it. */
    public StoreKeys(Path keys) throws IOException {
      this.file =
          new KeyFile<>(
              keys, "iam.key", KeyLines::generate, text -> KeyLines.parse(text, BYTES, BYTES));
    }

    /** The keys in force; another list when they changed. */
    public List<byte[]> all() {
      return file.keys();
    }
  }
}
