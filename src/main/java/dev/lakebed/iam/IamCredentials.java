package dev.lakebed.iam;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionCredentials;
import dev.lakebed.iam.session.SessionTokens;
import java.time.Clock;
import java.util.Optional;

/** Finds long-term keys in the directory and temporary ones in their tokens. */
public record IamCredentials(IamDirectory directory, SessionCredentials sessions, Clock clock)
    implements CredentialLookup {
  @Override
  public Credential find(String accessKeyId, Optional<String> sessionToken) {
    IdentityView snapshot = directory.view();
    Optional<String> token = sessionToken.filter(text -> !text.isEmpty());
    if (SessionTokens.isTemporary(accessKeyId)) {
      return sessions.find(accessKeyId, token.orElseThrow(IamCredentials::noToken), snapshot);
    }
    OwnedKey owned = snapshot.key(accessKeyId).orElseThrow(IamCredentials::unknown);
    return new Credential(
        accessKeyId, owned.key().secret().reveal(), () -> principal(owned, token));
  }

  private Principal principal(OwnedKey owned, Optional<String> token) {
    if (token.isPresent()) {
      throw new AuthenticationException(
          Reason.INVALID_SESSION_TOKEN, "A long-term access key has no session token");
    }
    if (!owned.owner().enabled() || !owned.key().usableAt(clock.instant())) {
      throw new AuthenticationException(
          Reason.INACTIVE_ACCESS_KEY, "The access key or its user is switched off");
    }
    return owned.principal();
  }

  private static AuthenticationException unknown() {
    return new AuthenticationException(
        Reason.UNKNOWN_ACCESS_KEY,
        "The AWS Access Key Id you provided does not exist in our records.");
  }

  private static AuthenticationException noToken() {
    return new AuthenticationException(
        Reason.MISSING_SESSION_TOKEN, "A temporary access key needs its session token");
  }
}
