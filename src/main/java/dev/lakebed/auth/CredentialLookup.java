package dev.lakebed.auth;

import dev.lakebed.policy.Grants;
import java.util.Optional;

/** Finds the credential behind an access key id and, for temporary keys, a session token. */
@FunctionalInterface
public interface CredentialLookup {
  /**
   * The credential, whether or not it still counts: that is told by {@link Credential#principal},
   * after the signature.
   *
   * @throws AuthenticationException with {@code UNKNOWN_ACCESS_KEY}, {@code MISSING_SESSION_TOKEN}
   *     or {@code INVALID_SESSION_TOKEN} when there is no secret to compare with
   */
  Credential find(String accessKeyId, Optional<String> sessionToken);

  /** Whom a request without signature stands for; without grants unless a lookup says otherwise. */
  default Principal.Anonymous anonymous() {
    return new Principal.Anonymous(Grants.NONE);
  }
}
