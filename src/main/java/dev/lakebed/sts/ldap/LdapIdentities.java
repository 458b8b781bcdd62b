package dev.lakebed.sts.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Log-in by name and password: this server's account finds the user, then the user's own account
 * must be able to bind. Connections are kept for each directory until its settings change.
 */
public final class LdapIdentities {
  private final Map<LdapProvider, LdapDirectory> open = new HashMap<>();

  /** Proves that name and password are those of exactly one user. */
  public LdapIdentity logIn(LdapProvider provider, String user, Secret password) {
    if (user.isEmpty() || password.reveal().isEmpty()) {
      // A bind without password succeeds as nobody (RFC 4513, section 5.1.2).
      throw Reason.WRONG_PASSWORD.because("no name or no password");
    }
    try {
      return directory(provider).logIn(user, password);
    } catch (LDAPException failed) {
      throw refusal(provider, failed);
    }
  }

  private static IdentityException refusal(LdapProvider provider, LDAPException failed) {
    String what =
        failed.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)
            ? " refuses this server's own account"
            : " cannot be asked: " + failed.getResultCode();
    return new IdentityException(Reason.UNREACHABLE, provider.name() + what, failed);
  }

  private synchronized LdapDirectory directory(LdapProvider provider) {
    return open.computeIfAbsent(provider, LdapDirectory::new);
  }

  /** Closes the connections of directories that are not configured any more. */
  public synchronized void keepOnly(List<LdapProvider> configured) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean gone = !configured.contains(entry.getKey());
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
  }

  /** A user who gave the right password, and the role that role mapping gives. */
  public record LdapIdentity(ExternalIdentity identity, Optional<RoleArn> role) {}
}
