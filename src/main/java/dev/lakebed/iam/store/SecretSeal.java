package dev.lakebed.iam.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.Seal;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final Supplier<List<byte[]>> keys;

  /**
   * Seals with the first of the keys, opens with any of them.
   *
   * @param keys of 32 bytes each, at least one; asked at each use, so that they can be rotated
   */
  public SecretSeal(Supplier<List<byte[]>> keys) {
    this.keys = keys;
  }

  @Override
  public byte[] seal(String id, SecretText secret) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.get().getFirst(), id, nonce)
              .doFinal(secret.reveal().getBytes(UTF_8));
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The secret; empty, with an error in the log, when none of the keys opens it. */
  @Override
  public Optional<SecretText> open(String id, byte[] sealed) {
    Optional<SecretText> opened =
        keys.get().stream().flatMap(key -> open(key, id, sealed).stream()).findFirst();
    if (opened.isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "access key {0} cannot be used: its secret was sealed with a key that is not in iam.key",
          id);
    }
    return opened;
  }

  @Override
  public Optional<byte[]> renew(String id, byte[] sealed) {
    List<byte[]> all = keys.get();
    if (open(all.getFirst(), id, sealed).isPresent()) {
      return Optional.empty();
    }
    return open(id, sealed).map(secret -> seal(id, secret));
  }

  private static Optional<SecretText> open(byte[] key, String id, byte[] sealed) {
    try {
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, key, id, Arrays.copyOf(sealed, NONCE))
              .doFinal(sealed, NONCE, sealed.length - NONCE);
      return Optional.of(new SecretText(new String(secret, UTF_8)));
    } catch (AEADBadTagException sealedWithAnother) {
      return Optional.empty();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static Cipher cipher(int mode, byte[] key, String id, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(UTF_8));
    return cipher;
  }

  /**
   * Seals with the newest key what an older one sealed, once for each change of the keys, so that
   * the older can be taken away. With a single key there is nothing to do. For one thread.
   */
  public static final class SealRenewal {
    private static final int AT_ONCE = 500;

    private final IamStore store;
    private final Supplier<List<byte[]>> keys;
    private List<byte[]> done = List.of();

    /** Renews in {@code store}; {@code keys} gives another list when they changed. */
    public SealRenewal(IamStore store, Supplier<List<byte[]>> keys) {
      this.store = store;
      this.keys = keys;
    }

    /**
     * Does what is left to do, a bounded number of secrets per transaction.
     *
     * @throws dev.lakebed.storage.metadata.MetadataUnavailableException when the database does not
     *     answer
     */
    public void run() {
      List<byte[]> now = keys.get();
      if (now == done) {
        return;
      }
      if (now.size() > 1) {
        renewAll();
        LOG.log(
            System.Logger.Level.INFO,
            "all secrets that could be opened are sealed with the first key of iam.key");
      }
      done = now;
    }

    private void renewAll() {
      Optional<String> after = Optional.of("");
      while (after.isPresent()) {
        String from = after.get();
        after = store.note(stored -> stored.keys().renewSeals(from, AT_ONCE));
      }
    }
  }
}
