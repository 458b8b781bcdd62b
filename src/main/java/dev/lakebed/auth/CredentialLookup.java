package dev.lakebed.auth;

import dev.lakebed.policy.Grants;
import java.util.Optional;

/** Finds the credential behind an access key id and, for temporary keys, a session token. */
@FunctionalInterface
public interface CredentialLookup {
  /**
   * The live credential.
   *
   * @throws AuthenticationException with {@code UNKNOWN_ACCESS_KEY}, {@code MISSING_SESSION_TOKEN},
   *     {@code INVALID_SESSION_TOKEN}, {@code EXPIRED_SESSION_TOKEN} or {@code INACTIVE_ACCESS_KEY}
   */
  Credential find(String accessKeyId, Optional<String> sessionToken);

  /** Whom a request without signature stands for; without grants unless a lookup says otherwise. */
  default Principal.Anonymous anonymous() {
    return new Principal.Anonymous(Grants.NONE);
  }
}
