package dev.lakebed.iam.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.metadata.iam.Seal;
import dev.lakebed.metadata.iam.SecretText;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database with AES-256-GCM, bound to the id of their access key. Sealed
 * form: a random nonce of 12 bytes, then cipher text and tag. The first key seals, all open.
 */
public final class SecretSeal implements Seal {
  private static final System.Logger LOG = System.getLogger(SecretSeal.class.getName());
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final List<SecretKeySpec> keys;

  /**
   * Seals with the first of the keys.
   *
   * @param keys of 32 bytes each, at least one
   */
  public SecretSeal(List<byte[]> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != 32)) {
      throw new IllegalArgumentException("keys of 32 bytes are needed");
    }
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, "AES")).toList();
  }

  @Override
  public byte[] seal(String id, SecretText secret) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), id, nonce)
              .doFinal(secret.reveal().getBytes(UTF_8));
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The secret; empty, with an error in the log, when none of the keys opens it. */
  @Override
  public Optional<SecretText> open(String id, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    for (SecretKeySpec key : keys) {
      try {
        byte[] secret =
            cipher(Cipher.DECRYPT_MODE, key, id, nonce)
                .doFinal(sealed, NONCE, sealed.length - NONCE);
        return Optional.of(new SecretText(new String(secret, UTF_8)));
      } catch (AEADBadTagException sealedWithAnother) {
        // The next key may fit.
      } catch (GeneralSecurityException everyPlatformHasIt) {
        throw new IllegalStateException(everyPlatformHasIt);
      }
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "access key {0} cannot be used: its secret was sealed with a key that is not in iam.key",
        id);
    return Optional.empty();
  }

  private static Cipher cipher(int mode, SecretKeySpec key, String id, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(UTF_8));
    return cipher;
  }
}
