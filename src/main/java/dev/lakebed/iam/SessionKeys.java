package dev.lakebed.iam;

import dev.lakebed.iam.model.Secret;
import dev.lakebed.iam.session.KeyRing;
import dev.lakebed.iam.session.SessionKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The keys of session tokens: {@code sts.signingKey} when it is configured, so that several servers
 * share it, else the server's own in {@code session.key}. That file has a base64 key a line; the
 * first seals, all open, so a key is rotated by putting a new line before it.
 */
public final class SessionKeys {
  private static final String FILE = "session.key";
  private static final int KEY_BYTES = 32;

  private final IamDirectory directory;
  private final KeyRing own;
  private volatile Configured configured = new Configured(Optional.empty(), Optional.empty());

  private record Configured(Optional<Secret> key, Optional<KeyRing> ring) {}

  /**
   * Reads or makes the server's own key.
   *
   * @param keys folder of {@code session.key}
   * @throws IOException when it cannot be read or written, or holds no keys
   */
  public SessionKeys(IamDirectory directory, Path keys) throws IOException {
    this.directory = directory;
    String content = PrivateFile.readOrCreate(keys, FILE, SessionKeys::generate);
    try {
      List<SessionKey> all = content.lines().map(SessionKeys::decode).toList();
      this.own = new KeyRing(all.getFirst(), all.subList(1, all.size()));
    } catch (IllegalArgumentException | NoSuchElementException malformed) {
      throw new IOException(keys.resolve(FILE) + " must hold base64 keys, one a line", malformed);
    }
  }

  /** The keys in force. */
  public KeyRing ring() {
    Optional<Secret> key = directory.snapshot().sts().signingKey();
    Configured known = configured;
    if (!known.key().equals(key)) {
      known = new Configured(key, key.map(k -> new KeyRing(decode(k.reveal()), List.of())));
      configured = known;
    }
    return known.ring().orElse(own);
  }

  private static SessionKey decode(String base64) {
    return SessionKey.of(Base64.getDecoder().decode(base64));
  }

  private static String generate() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key) + "\n";
  }
}
