package dev.lakebed.iam.session;

import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Denial.DenialSealer;
import dev.lakebed.auth.DenialDocument;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encoded authorization messages: a refusal, sealed for the client, that DecodeAuthorizationMessage
 * turns back into its document. Who may read it belongs to the account of the caller that was
 * refused, or of the resource.
 */
public final class AuthorizationMessages implements DenialSealer {
  private final SealedMessages sealed;

  /** Seals and opens by these keys. */
  public AuthorizationMessages(SealedMessages sealed) {
    this.sealed = sealed;
  }

  /**
   * An opened message.
   *
   * @param principalAccount account of the caller that was refused
   * @param resourceAccount account of the resource
   * @param document JSON text
   */
  public record Opened(String principalAccount, String resourceAccount, String document) {}

  /** Leaves out condition keys until the rest has room. */
  @Override
  public Optional<String> seal(Denial denial) {
    String accounts =
        denial.principal().account() + "\n" + denial.permission().resource().account() + "\n";
    for (int conditions = 64; ; conditions /= 2) {
      Optional<String> message =
          sealed.seal(accounts + DenialDocument.of(denial, conditions).toString());
      if (message.isPresent() || conditions == 0) {
        return message;
      }
    }
  }

  /** Opens a message; empty when it was not made here. */
  public Optional<Opened> open(String message) {
    return sealed
        .open(message)
        .map(text -> text.split("\n", 3))
        .filter(parts -> parts.length == 3)
        .map(parts -> new Opened(parts[0], parts[1], parts[2]));
  }

  /**
   * Texts that a client carries and only this server reads: format number, key id, nonce, then
   * AES-256-GCM over the packed text, filled up so that every message has the same length and its
   * length tells nothing.
   */
  public static final class SealedMessages {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int HEAD = 1 + SessionKey.ID_BYTES + NONCE_BYTES;
    private static final int TAG_BITS = 128;

    /** Packed bytes of a message, two of which are its length. */
    private static final int ROOM = 1536;

    private static final int MAX_TEXT = 32 * 1024;
    private static final int LENGTH = HEAD + ROOM + TAG_BITS / 8;

    private final Supplier<KeyRing> keys;
    private final SecureRandom random = new SecureRandom();

    /** Uses whatever keys the supplier gives at each call. */
    public SealedMessages(Supplier<KeyRing> keys) {
      this.keys = keys;
    }

    /** The sealed text; empty when it is too long. */
    public Optional<String> seal(String text) {
      byte[] packed = new byte[ROOM - Short.BYTES];
      int length = pack(text.getBytes(StandardCharsets.UTF_8), packed);
      if (length < 0) {
        return Optional.empty();
      }
      ByteBuffer plain = ByteBuffer.allocate(ROOM);
      plain.putShort((short) length).put(packed, 0, length);
      SessionKey key = keys.get().active();
      byte[] message = new byte[LENGTH];
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      ByteBuffer head = ByteBuffer.wrap(message);
      head.put(FORMAT).put(key.id()).put(nonce);
      try {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, message);
        cipher.doFinal(plain.array(), 0, ROOM, message, HEAD);
      } catch (GeneralSecurityException everyPlatformHasIt) {
        throw new IllegalStateException(everyPlatformHasIt);
      }
      return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(message));
    }

    /** The text of a message that was sealed here; empty for anything else. */
    public Optional<String> open(String sealed) {
      byte[] message;
      try {
        message = Base64.getUrlDecoder().decode(sealed);
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
      if (message.length != LENGTH || message[0] != FORMAT) {
        return Optional.empty();
      }
      return keys.get().find(message, 1).flatMap(key -> open(key, message));
    }

    private static Optional<String> open(SessionKey key, byte[] message) {
      try {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, message);
        ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(message, HEAD, message.length - HEAD));
        byte[] packed = new byte[plain.getShort()];
        plain.get(packed);
        return Optional.of(unpack(packed));
      } catch (AEADBadTagException forged) {
        return Optional.empty();
      } catch (GeneralSecurityException | DataFormatException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cipher cipher(int mode, SessionKey key, byte[] message)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          key.messages(),
          new GCMParameterSpec(TAG_BITS, message, HEAD - NONCE_BYTES, NONCE_BYTES));
      cipher.updateAAD(message, 0, HEAD);
      return cipher;
    }

    /** Length of the packed text; negative when it has no room. */
    private static int pack(byte[] text, byte[] into) {
      if (text.length > MAX_TEXT) {
        return -1;
      }
      Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
      try {
        deflater.setInput(text);
        deflater.finish();
        int length = deflater.deflate(into);
        return deflater.finished() ? length : -1;
      } finally {
        deflater.end();
      }
    }

    private static String unpack(byte[] packed) throws DataFormatException {
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(packed);
        byte[] text = new byte[MAX_TEXT];
        return new String(text, 0, inflater.inflate(text), StandardCharsets.UTF_8);
      } finally {
        inflater.end();
      }
    }
  }
}
