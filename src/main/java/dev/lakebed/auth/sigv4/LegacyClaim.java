package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import java.time.Instant;
import java.util.Optional;

/**
 * What a request says about its own signature of version 2.
 *
 * @param signature Base64 text as sent
 * @param sessionToken token of a temporary key
 * @param dateLine what stands in the string to sign in the place of the date
 * @param signedAt signing time; a presigned URL does not tell it
 */
record LegacyClaim(
    AuthType type,
    String accessKeyId,
    String signature,
    Optional<String> sessionToken,
    String dateLine,
    Optional<Instant> signedAt) {

  /** Leaves signature and token out. */
  @Override
  public String toString() {
    return "LegacyClaim[" + type + ", " + accessKeyId + "]";
  }
}
