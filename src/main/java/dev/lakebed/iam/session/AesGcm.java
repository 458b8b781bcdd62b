package dev.lakebed.iam.session;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a nonce of 12 bytes, which must be another for each text under the same key. */
public final class AesGcm {
  public static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final ThreadLocal<Cipher> SHARED = ThreadLocal.withInitial(AesGcm::start);

  private AesGcm() {}

  /** Cipher text and tag; what is {@code bound} is needed as it is to open them again. */
  public static byte[] seal(SecretKey key, byte[] nonce, byte[] bound, byte[] plain) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The plain text; empty when it was not sealed so. */
  public static Optional<byte[]> open(SecretKey key, byte[] nonce, byte[] bound, byte[] sealed) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, bound).doFinal(sealed));
    } catch (AEADBadTagException forged) {
      return Optional.empty();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound)
      throws GeneralSecurityException {
    Cipher cipher = SHARED.get();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  private static Cipher start() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
