package dev.lakebed.sts.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.ldap.LdapIdentities.LdapIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One directory and the connections to it. */
final class LdapDirectory implements AutoCloseable {
  private final LdapProvider provider;
  private @Nullable LDAPConnectionPool pool;

  LdapDirectory(LdapProvider provider) {
    this.provider = provider;
  }

  LdapIdentity logIn(String user, Secret password) throws LDAPException {
    LDAPConnectionPool connections = connections();
    Optional<SearchResultEntry> entry = find(connections, user);
    String dn = entry.isPresent() ? entry.get().getDN() : nobody(user);
    boolean proven = binds(dn, password);
    if (entry.isEmpty() || !proven) {
      throw new IdentityException(
          Reason.WRONG_PASSWORD,
          entry.isEmpty() ? "there is not exactly one such user" : "wrong password of " + dn);
    }
    List<String> groups = new GroupSearch(provider).of(connections, entry.get(), user);
    return new UserEntry(provider, entry.get(), user, groups).identity();
  }

  private synchronized LDAPConnectionPool connections() throws LDAPException {
    if (pool == null) {
      pool = LdapConnections.open(provider.server());
    }
    return pool;
  }

  private Optional<SearchResultEntry> find(LDAPConnectionPool connections, String user)
      throws LDAPException {
    String filter = provider.search().userFilter().replace("%s", Filter.encodeValue(user));
    SearchRequest search =
        new SearchRequest(
            provider.search().baseDn(), SearchScope.SUB, Filter.create(filter), "*", "memberOf");
    search.setSizeLimit(2);
    search.setTimeLimitSeconds((int) Math.max(1, provider.server().timeout().toSeconds()));
    try {
      List<SearchResultEntry> found = connections.search(search).getSearchEntries();
      return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    } catch (LDAPException failed) {
      if (failed.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /** Whom nobody can be: asked for so that an unknown name takes as long as a wrong password. */
  private String nobody(String user) throws LDAPException {
    return new DN(new RDN("cn", user), new DN(provider.search().baseDn())).toString();
  }

  private boolean binds(String dn, Secret password) throws LDAPException {
    try (LDAPConnection connection = LdapConnections.single(provider.server())) {
      connection.bind(new SimpleBindRequest(dn, password.reveal()));
      return true;
    } catch (LDAPException refused) {
      if (isRefusal(refused.getResultCode())) {
        return false;
      }
      throw refused;
    }
  }

  /** What directories answer to a bind that they understand and do not accept. */
  private static boolean isRefusal(ResultCode code) {
    return code.equals(ResultCode.INVALID_CREDENTIALS)
        || code.equals(ResultCode.NO_SUCH_OBJECT)
        || code.equals(ResultCode.INVALID_DN_SYNTAX)
        || code.equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)
        || code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)
        || code.equals(ResultCode.CONSTRAINT_VIOLATION)
        || code.equals(ResultCode.UNWILLING_TO_PERFORM);
  }

  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }

  /** What a directory says about a user who gave the right password. */
  record UserEntry(
      LdapProvider provider, SearchResultEntry entry, String user, List<String> groups) {
    private static final Set<String> SESSION_KEYS =
        Set.of("aws:federatedprovider", "ldap:user", "ldap:username");

    LdapIdentity identity() {
      String uid = attribute("uid").stream().findFirst().orElse(user);
      Map<String, List<String>> keys = new HashMap<>();
      keys.put("aws:federatedprovider", List.of(provider.arn()));
      keys.put("ldap:user", List.of(entry.getDN()));
      keys.put("ldap:username", List.of(uid));
      keys.put("ldap:groups", groups);
      ExternalIdentity identity =
          new ExternalIdentity(
              provider.arn(),
              Set.of(provider.name()),
              uid,
              keys,
              SESSION_KEYS,
              Map.of(),
              Set.of(),
              Optional.empty(),
              Optional.empty());
      return new LdapIdentity(identity, provider.roles().role(this::values));
    }

    private List<String> values(String claim) {
      return claim.equals("groups") ? groups : attribute(claim);
    }

    private List<String> attribute(String meaning) {
      String[] values =
          entry.getAttributeValues(provider.search().attributes().getOrDefault(meaning, meaning));
      return values == null ? List.of() : List.of(values);
    }
  }
}
