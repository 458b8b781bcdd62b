package dev.lakebed.iam.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.iam.session.AesGcm;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.Seal;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database with AES-256-GCM, bound to the id of their access key. Sealed
 * form: a random nonce of 12 bytes, then cipher text and tag. The first key seals, all open.
 */
public final class SecretSeal implements Seal {
  private static final System.Logger LOG = System.getLogger(SecretSeal.class.getName());

  private final SecureRandom random = new SecureRandom();
  private final Supplier<List<byte[]>> keys;

  /** Keys of 32 bytes each, at least one; asked at each use, so that they can be rotated. */
  public SecretSeal(Supplier<List<byte[]>> keys) {
    this.keys = keys;
  }

  @Override
  public byte[] seal(String id, SecretText secret) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] text = secret.reveal().getBytes(UTF_8);
    byte[] sealed = AesGcm.seal(key(keys.get().getFirst()), nonce, id.getBytes(UTF_8), text);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
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
    byte[] nonce = Arrays.copyOf(sealed, AesGcm.NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, nonce.length, sealed.length);
    return AesGcm.open(key(key), nonce, id.getBytes(UTF_8), rest)
        .map(secret -> new SecretText(new String(secret, UTF_8)));
  }

  private static SecretKey key(byte[] key) {
    return new SecretKeySpec(key, "AES");
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

    /** Does what is left to do, a bounded number of secrets per transaction. */
    public void run() {
      List<byte[]> now = keys.get();
      if (now == done) {
        return;
      }
      if (now.size() > 1) {
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
          String from = after.get();
          after = store.note(stored -> stored.keys().renewSeals(from, AT_ONCE));
        }
        LOG.log(
            System.Logger.Level.INFO,
            "all secrets that could be opened are sealed with the first key of iam.key");
      }
      done = now;
    }
  }
}
