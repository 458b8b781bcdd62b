package dev.lakebed.auth.payload;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 of bytes in memory. */
public final class HmacSha256 {
  private static final String NAME = "HmacSHA256";
  private static final ThreadLocal<Mac> SHARED = ThreadLocal.withInitial(HmacSha256::start);

  private HmacSha256() {}

  public static SecretKey key(byte[] bytes) {
    return new SecretKeySpec(bytes, NAME);
  }

  public static byte[] of(SecretKey key, byte[] message) {
    Mac mac = SHARED.get();
    try {
      mac.init(key);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException(unusable);
    }
    return mac.doFinal(message);
  }

  private static Mac start() {
    try {
      return Mac.getInstance(NAME);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the Java runtime lacks " + NAME, missing);
    }
  }
}
