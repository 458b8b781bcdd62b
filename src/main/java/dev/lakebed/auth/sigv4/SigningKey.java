package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key derived from a secret for one scope. */
final class SigningKey {
  private static final String HMAC = "HmacSHA256";
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(SigningKey::newMac);

  private final SecretKeySpec key;

  private SigningKey(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** Derives the key; four HMACs. */
  static SigningKey derive(String secret, Scope scope) {
    return new SigningKey(("AWS4" + secret).getBytes(UTF_8))
        .next(scope.date())
        .next(scope.region())
        .next(scope.service())
        .next(Scope.TERMINATOR);
  }

  private SigningKey next(String text) {
    return new SigningKey(hmac(text));
  }

  /** The signature of a text, in lower-case hexadecimal digits. */
  String sign(String text) {
    return HexFormat.of().formatHex(hmac(text));
  }

  /**
   * Whether {@code signature} is that of {@code text}; takes the same time wherever they differ.
   */
  boolean verify(String text, String signature) {
    return MessageDigest.isEqual(sign(text).getBytes(US_ASCII), signature.getBytes(ISO_8859_1));
  }

  private byte[] hmac(String text) {
    Mac mac = MAC.get();
    try {
      mac.init(key);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException(unusable);
    }
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(HMAC);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the Java runtime lacks " + HMAC, missing);
    }
  }
}
