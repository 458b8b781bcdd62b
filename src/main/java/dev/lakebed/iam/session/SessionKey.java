package dev.lakebed.iam.session;

import dev.lakebed.auth.payload.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys made from one piece of key material, each for one use, by HKDF of <a
 * href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>.
 */
public final class SessionKey {
  static final int ID_BYTES = 4;

  private final byte[] id;
  private final SecretKey sealing;
  private final SecretKey secrets;
  private final SecretKey messages;

  private SessionKey(byte[] id, SecretKey sealing, SecretKey secrets, SecretKey messages) {
    this.id = id;
    this.sealing = sealing;
    this.secrets = secrets;
    this.messages = messages;
  }

  /** Derives the keys from at least 16 bytes that nobody can guess. */
  public static SessionKey of(byte[] material) {
    if (material.length < 16) {
      throw new IllegalArgumentException("key material must have at least 16 bytes");
    }
    byte[] salt = "lakebed session keys 1".getBytes(StandardCharsets.UTF_8);
    byte[] root = HmacSha256.of(HmacSha256.key(salt), material);
    return new SessionKey(
        Arrays.copyOf(expand(root, "id"), ID_BYTES),
        new SecretKeySpec(expand(root, "seal"), "AES"),
        HmacSha256.key(expand(root, "secret")),
        new SecretKeySpec(expand(root, "message"), "AES"));
  }

  /** One block of HKDF-Expand; a SHA-256 block is as long as every key here. */
  private static byte[] expand(byte[] root, String purpose) {
    byte[] info = Arrays.copyOf(purpose.getBytes(StandardCharsets.UTF_8), purpose.length() + 1);
    info[purpose.length()] = 1;
    return HmacSha256.of(HmacSha256.key(root), info);
  }

  byte[] id() {
    return id.clone();
  }

  boolean hasId(byte[] bytes, int offset) {
    return Arrays.equals(id, 0, ID_BYTES, bytes, offset, offset + ID_BYTES);
  }

  SecretKey sealing() {
    return sealing;
  }

  /** Seals messages that are no tokens, so that neither can be taken for the other. */
  SecretKey messages() {
    return messages;
  }

  /** A MAC that only the server can compute. */
  byte[] mac(byte[] message) {
    return HmacSha256.of(secrets, message);
  }

  /**
   * The session keys of this server: one that seals new tokens, and others that still open old
   * ones.
   */
  public record KeyRing(SessionKey active, List<SessionKey> retired) {
    public KeyRing {
      retired = List.copyOf(retired);
    }

    Optional<SessionKey> find(byte[] token, int offset) {
      if (active.hasId(token, offset)) {
        return Optional.of(active);
      }
      return retired.stream().filter(key -> key.hasId(token, offset)).findFirst();
    }
  }
}
