package dev.lakebed.iam.session;

import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Denial.DenialSealer;
import dev.lakebed.auth.DenialDocument;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Encoded authorization messages: a refusal, sealed for the client, that DecodeAuthorizationMessage
 * turns back into its document. Who may read it belongs to the account of the caller that was
 * refused, or of the resource.
 *
 * <p>Format number, key id, nonce, then AES-256-GCM over the packed text, filled up so that every
 * message has the same length and its length tells nothing.
 */
public final class AuthorizationMessages implements DenialSealer {
  private static final byte FORMAT = 1;
  private static final int HEAD = 1 + SessionKey.ID_BYTES + AesGcm.NONCE_BYTES;

  /** Packed bytes of a message, two of which are its length. */
  private static final int ROOM = 1536;

  private static final int MAX_TEXT = 32 * 1024;
  private static final int LENGTH = HEAD + ROOM + AesGcm.TAG_BYTES;

  private final Supplier<KeyRing> keys;
  private final SecureRandom random = new SecureRandom();

  /** Uses whatever keys the supplier gives at each call. */
  public AuthorizationMessages(Supplier<KeyRing> keys) {
    this.keys = keys;
  }

  /** The accounts of the caller that was refused and of the resource, and the refusal as JSON. */
  public record Opened(String principalAccount, String resourceAccount, String document) {}

  /** Leaves out condition keys until the rest has room. */
  @Override
  public Optional<String> seal(Denial denial) {
    String accounts =
        denial.principal().account() + "\n" + denial.permission().resource().account() + "\n";
    for (int conditions = 64; ; conditions /= 2) {
      Optional<String> message = seal(accounts + DenialDocument.of(denial, conditions).toString());
      if (message.isPresent() || conditions == 0) {
        return message;
      }
    }
  }

  /** Opens a message; empty when it was not made here. */
  public Optional<Opened> open(String message) {
    return text(message)
        .map(text -> text.split("\n", 3))
        .filter(parts -> parts.length == 3)
        .map(parts -> new Opened(parts[0], parts[1], parts[2]));
  }

  /** The sealed text; empty when it is too long. */
  private Optional<String> seal(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] packed = plain.length > MAX_TEXT ? plain : Packing.TEXTS.pack(plain);
    if (packed.length > ROOM - Short.BYTES) {
      return Optional.empty();
    }
    SessionKey key = keys.get().active();
    byte[] head = new byte[HEAD];
    random.nextBytes(head);
    head[0] = FORMAT;
    System.arraycopy(key.id(), 0, head, 1, SessionKey.ID_BYTES);
    byte[] filled = ByteBuffer.allocate(ROOM).putShort((short) packed.length).put(packed).array();
    byte[] sealed = AesGcm.seal(key.messages(), nonce(head), head, filled);
    byte[] message = ByteBuffer.allocate(LENGTH).put(head).put(sealed).array();
    return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(message));
  }

  /** The text of a message that was sealed here; empty for anything else. */
  private Optional<String> text(String sealed) {
    byte[] message;
    try {
      message = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (message.length != LENGTH || message[0] != FORMAT) {
      return Optional.empty();
    }
    byte[] head = Arrays.copyOf(message, HEAD);
    byte[] rest = Arrays.copyOfRange(message, HEAD, LENGTH);
    return keys.get()
        .find(head, 1)
        .flatMap(key -> AesGcm.open(key.messages(), nonce(head), head, rest))
        .map(AuthorizationMessages::unpacked);
  }

  private static byte[] nonce(byte[] head) {
    return Arrays.copyOfRange(head, HEAD - AesGcm.NONCE_BYTES, HEAD);
  }

  private static String unpacked(byte[] filled) {
    ByteBuffer plain = ByteBuffer.wrap(filled);
    byte[] packed = new byte[plain.getShort()];
    plain.get(packed);
    try {
      return new String(Packing.TEXTS.unpack(packed), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
