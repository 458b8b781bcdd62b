package dev.lakebed.sts.identity;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * Which keys of identity providers are used. Small ones are forged, and large ones cost whoever
 * verifies with them: a tenant chooses the key, and anybody may send what it has to verify.
 */
public final class AcceptedKeys {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;
  private static final int MAX_EXPONENT_BITS = 32;

  private AcceptedKeys() {}

  /** Whether a signature by that key is looked at. */
  public static boolean accept(PublicKey key) {
    return !(key instanceof RSAPublicKey rsa)
        || (rsa.getModulus().bitLength() >= MIN_RSA_BITS
            && rsa.getModulus().bitLength() <= MAX_RSA_BITS
            && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS);
  }
}
