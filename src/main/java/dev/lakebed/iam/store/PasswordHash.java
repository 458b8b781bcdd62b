package dev.lakebed.iam.store;

import dev.lakebed.limit.ServerBusyException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-256, written as {@code iterations$salt$hash}.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">
 *     OWASP, password storage</a>
 */
public final class PasswordHash {
  private static final int ITERATIONS = 600_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  /** Most that wait while one is computed, which takes a processor a fifth of a second. */
  private static final int WAITING = 8;

  private static final Semaphore ONE = new Semaphore(1, true);

  private PasswordHash() {}

  /** The hash with a new salt; ServerBusyException when too many wait for one. */
  public static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return ITERATIONS
        + "$"
        + Base64.getEncoder().encodeToString(salt)
        + "$"
        + Base64.getEncoder().encodeToString(derive(password, salt, ITERATIONS));
  }

  /** Whether the password is the one that was hashed; takes the same time either way. */
  public static boolean matches(String password, String hash) {
    int first = hash.indexOf('$');
    int second = hash.indexOf('$', first + 1);
    byte[] salt = Base64.getDecoder().decode(hash.substring(first + 1, second));
    byte[] expected = Base64.getDecoder().decode(hash.substring(second + 1));
    int iterations = Integer.parseInt(hash.substring(0, first));
    return MessageDigest.isEqual(expected, derive(password, salt, iterations));
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    if (ONE.getQueueLength() >= WAITING) {
      throw new ServerBusyException("Too many passwords are looked at, try again later");
    }
    ONE.acquireUninterruptibly();
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    } finally {
      ONE.release();
      spec.clearPassword();
    }
  }
}
