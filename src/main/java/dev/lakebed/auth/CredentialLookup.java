package dev.lakebed.auth;

import dev.lakebed.policy.Question.Grants;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the credential behind an access key id and, for temporary keys, a session token. */
@FunctionalInterface
public interface CredentialLookup {
  /**
   * The credential, whether or not it still counts: that is told by {@link Credential#principal},
   * after the signature. Refused when there is no secret to compare with.
   */
  Credential find(String accessKeyId, Optional<String> sessionToken);

  /** Whom a request without signature stands for; without grants unless a lookup says otherwise. */
  default Principal.Anonymous anonymous() {
    return new Principal.Anonymous(Grants.NONE);
  }

  /**
   * An access key with its secret. Whether it still counts, and for whom it stands, is told only to
   * whoever has proven to know the secret: {@link #principal} is asked after the signature.
   */
  public record Credential(
      String accessKeyId, String secret, Supplier<? extends Principal> holder) {
    /** A key that counts. */
    public Credential(String accessKeyId, String secret, Principal principal) {
      this(accessKeyId, secret, () -> principal);
    }

    /** Whom the key stands for at this moment; refused when it does not count any more. */
    public Principal principal() {
      return holder.get();
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Credential[" + accessKeyId + "]";
    }
  }
}
