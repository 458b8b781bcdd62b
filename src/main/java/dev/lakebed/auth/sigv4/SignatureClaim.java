package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import java.util.Optional;

/**
 * What a request says about its own signature; nothing of it is verified yet.
 *
 * @param type where it stood
 * @param key access key id and scope
 * @param time signing time
 * @param signedHeaders which headers it covers
 * @param signature the signature as sent
 * @param sessionToken token of a temporary key
 */
record SignatureClaim(
    AuthType type,
    ScopedKey key,
    Timestamp time,
    SignedHeaders signedHeaders,
    String signature,
    Optional<String> sessionToken) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** Leaves signature and token out. */
  @Override
  public String toString() {
    return "SignatureClaim[" + type + ", " + key + "]";
  }
}
