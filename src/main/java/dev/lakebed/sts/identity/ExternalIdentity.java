package dev.lakebed.sts.identity;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whom an identity provider vouches for, as a verified proof says.
 *
 * @param names other names of the provider that trust policies may use
 * @param keys condition keys of trust policies, in lower case
 * @param sessionKeys those of them that stay with the session
 * @param endsBy the provider's own limit on the session
 */
public record ExternalIdentity(
    String provider,
    Set<String> names,
    String subject,
    Map<String, List<String>> keys,
    Set<String> sessionKeys,
    Map<String, String> tags,
    Set<String> transitiveTags,
    Optional<String> sourceIdentity,
    Optional<Instant> endsBy) {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;
  private static final int MAX_EXPONENT_BITS = 32;

  public ExternalIdentity {
    names = Set.copyOf(names);
    keys = Map.copyOf(keys);
    sessionKeys = Set.copyOf(sessionKeys);
    tags = Map.copyOf(tags);
    transitiveTags = Set.copyOf(transitiveTags);
  }

  /**
   * Whether a signature by that key of a provider is looked at. Small keys are forged, and large
   * ones cost whoever verifies with them: a tenant chooses the key, and anybody may send what it
   * has to verify.
   */
  public static boolean accepts(PublicKey key) {
    return !(key instanceof RSAPublicKey rsa)
        || (rsa.getModulus().bitLength() >= MIN_RSA_BITS
            && rsa.getModulus().bitLength() <= MAX_RSA_BITS
            && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS);
  }

  /**
   * A proof of identity that is not accepted. The message is for the log: the caller learns the
   * reason alone, since more would help whoever guesses.
   */
  public static final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, as far as the caller may know. */
    public enum Reason {
      /** Not a proof, not by a known provider, not for this server, or changed on the way. */
      INVALID,
      /** It was good once. */
      EXPIRED,
      /** The provider's word is genuine and says no, or cannot be used. */
      REJECTED,
      /** The provider cannot be asked. */
      UNREACHABLE,
      /** Wrong name or password. */
      WRONG_PASSWORD;

      /** A refusal with a message for the log that holds no secret. */
      public IdentityException because(String detail) {
        return new IdentityException(this, detail);
      }
    }

    private final Reason reason;

    private IdentityException(Reason reason, String detail) {
      super(detail);
      this.reason = reason;
    }

    public IdentityException(Reason reason, String detail, Throwable cause) {
      super(detail, cause);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }
}
