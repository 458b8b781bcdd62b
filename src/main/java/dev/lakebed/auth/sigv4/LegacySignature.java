package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of version 2: HMAC-SHA1 under the secret itself, in Base64. */
final class LegacySignature {
  private static final String HMAC = "HmacSHA1";

  private LegacySignature() {}

  /**
   * Whether that is the signature; takes the same time wherever they differ.
   *
   * @param text each character is one byte
   */
  static boolean fits(String secret, String text, String signature) {
    byte[] computed = Base64.getEncoder().encode(hmac(secret, text));
    return MessageDigest.isEqual(computed, signature.getBytes(ISO_8859_1));
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
      return mac.doFinal(text.getBytes(ISO_8859_1));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the Java runtime lacks " + HMAC, missing);
    }
  }
}
