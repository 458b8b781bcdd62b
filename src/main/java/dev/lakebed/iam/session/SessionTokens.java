package dev.lakebed.iam.session;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Seals and opens session tokens: format number, key id, nonce, then AES-256-GCM over the session;
 * format number and key id are authenticated too. The nonce is also the session's id: the access
 * key id comes from it, and the secret from a MAC over it under a key of its own, so neither the
 * token nor its plain text gives the secret away.
 */
public final class SessionTokens {
  private static final byte FORMAT = 1;
  private static final int ID_BYTES = 16;
  private static final int HEAD = 1 + SessionKey.ID_BYTES + ID_BYTES;
  private static final int MAX_TOKEN = 8192;
  private static final String PREFIX = "ASIA";

  /** Packed policies and tags may take this much, in bytes. */
  private static final int PACKED_LIMIT = 2048;

  private final Supplier<KeyRing> keys;
  private final SecureRandom random = new SecureRandom();

  /** Uses whatever keys the supplier gives at each call. */
  public SessionTokens(Supplier<KeyRing> keys) {
    this.keys = keys;
  }

  /**
   * Temporary credentials. The session should be refused when its policies and tags take more than
   * 100 percent of their room.
   */
  public record Issued(String accessKeyId, String secret, String token, int packedPercent) {
    @Override
    public String toString() {
      return "Issued[" + accessKeyId + "]";
    }
  }

  /** A token whose seal is intact, with the secret that belongs to it. */
  record Opened(String accessKeyId, String secret, SessionGrant grant) {
    @Override
    public String toString() {
      return "Opened[" + accessKeyId + "]";
    }
  }

  /** The keys in force: what {@link #open} gave holds as long as these are the same object. */
  KeyRing ring() {
    return keys.get();
  }

  /** Whether an access key id has the form of a temporary one. */
  public static boolean isTemporary(String accessKeyId) {
    return accessKeyId.startsWith(PREFIX);
  }

  public Issued issue(SessionGrant grant) {
    SessionKey key = keys.get().active();
    byte[] head = new byte[HEAD];
    random.nextBytes(head);
    head[0] = FORMAT;
    System.arraycopy(key.id(), 0, head, 1, SessionKey.ID_BYTES);
    byte[] attachments = Packing.SESSIONS.pack(GrantCodec.attachments(grant));
    byte[] plain = concatenate(GrantCodec.head(grant), attachments);
    byte[] sealed = AesGcm.seal(key.sealing(), nonce(head), head, plain);
    String token = encode(concatenate(head, sealed));
    byte[] id = id(head);
    int percent = packedPercent(grant, attachments.length);
    return new Issued(accessKeyId(id), secret(key, id), token, percent);
  }

  private static int packedPercent(SessionGrant grant, int packed) {
    SessionPolicies policies = grant.policies().orElse(SessionPolicies.NONE);
    boolean empty = policies.equals(SessionPolicies.NONE) && grant.facts().tags().isEmpty();
    return empty ? 0 : (packed * 100 + PACKED_LIMIT - 1) / PACKED_LIMIT;
  }

  private static byte[] concatenate(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /**
   * Opens a token, whether expired or not; INVALID_SESSION_TOKEN when it is not ours, was changed,
   * or belongs to another access key.
   */
  Opened open(String accessKeyId, String text) {
    byte[] token = decode(text);
    SessionKey key = keys.get().find(token, 1).orElseThrow(SessionTokens::invalid);
    byte[] head = Arrays.copyOf(token, HEAD);
    byte[] id = id(head);
    if (!accessKeyId(id).equals(accessKeyId)) {
      throw invalid();
    }
    byte[] sealed = Arrays.copyOfRange(token, HEAD, token.length);
    byte[] plain =
        AesGcm.open(key.sealing(), nonce(head), head, sealed).orElseThrow(SessionTokens::invalid);
    try {
      return new Opened(accessKeyId, secret(key, id), GrantCodec.decode(plain));
    } catch (IOException ofAnotherVersion) {
      throw invalid();
    }
  }

  private static byte[] decode(String text) {
    try {
      byte[] token = Base64.getUrlDecoder().decode(text.length() > MAX_TOKEN ? "" : text);
      boolean canonical = encode(token).equals(text);
      if (canonical && token.length > HEAD + AesGcm.TAG_BYTES && token[0] == FORMAT) {
        return token;
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below, as of any other text that is no token.
    }
    throw invalid();
  }

  private static String encode(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private static byte[] nonce(byte[] head) {
    return Arrays.copyOfRange(head, HEAD - ID_BYTES, HEAD - ID_BYTES + AesGcm.NONCE_BYTES);
  }

  private static byte[] id(byte[] head) {
    return Arrays.copyOfRange(head, HEAD - ID_BYTES, HEAD);
  }

  private static String accessKeyId(byte[] id) {
    return PREFIX + UniqueId.base32(id, 16);
  }

  /** Forty characters, as long as AWS's. */
  private static String secret(SessionKey key, byte[] id) {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(key.mac(id), 30));
  }

  private static AuthenticationException invalid() {
    return new AuthenticationException(
        Reason.INVALID_SESSION_TOKEN, "The provided token is malformed or otherwise invalid.");
  }
}
