package dev.lakebed.auth.payload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes in memory, and new digests for streams. */
public final class Sha256 {
  /** Hash of no bytes, in lower-case hexadecimal digits. */
  public static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final ThreadLocal<MessageDigest> SHARED = ThreadLocal.withInitial(Sha256::start);

  private Sha256() {}

  /** A digest of the caller's own. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("the Java runtime lacks SHA-256", missing);
    }
  }

  public static byte[] of(byte[] bytes) {
    return SHARED.get().digest(bytes);
  }

  /** Hash of the bytes in lower-case hexadecimal digits. */
  public static String hexOf(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }
}
