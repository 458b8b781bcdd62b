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
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.ldap.LdapIdentities.LdapIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One directory and the connections to it. */
final class LdapDirectory implements AutoCloseable {
  private static final int MAX_GROUPS = 1000;

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
      throw Reason.WRONG_PASSWORD.because(
          entry.isEmpty() ? "there is not exactly one such user" : "wrong password of " + dn);
    }
    List<String> groups = groups(connections, entry.get(), user);
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
    SearchRequest search = search(provider.search().baseDn(), filter, 2, "*", "memberOf");
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

  private SearchRequest search(String base, String filter, int most, String... attributes)
      throws LDAPException {
    SearchRequest search =
        new SearchRequest(base, SearchScope.SUB, Filter.create(filter), attributes);
    search.setSizeLimit(most);
    search.setTimeLimitSeconds((int) Math.max(1, provider.server().timeout().toSeconds()));
    return search;
  }

  /** DNs and common names of the groups that the entry names, and of those that a search finds. */
  private List<String> groups(LDAPConnectionPool connections, SearchResultEntry user, String name)
      throws LDAPException {
    List<String> groups = new ArrayList<>();
    String attribute = provider.search().attributes().getOrDefault("groups", "memberOf");
    String[] own = user.getAttributeValues(attribute);
    if (own != null) {
      List.of(own).forEach(group -> addGroup(group, groups));
    }
    if (!provider.search().groupFilter().isEmpty()) {
      String dn = Filter.encodeValue(user.getDN());
      String filter =
          provider
              .search()
              .groupFilter()
              .replace("%s", dn)
              .replace("%d", dn)
              .replace("%u", Filter.encodeValue(name));
      connections
          .search(search(provider.search().groupBaseDn(), filter, MAX_GROUPS, "1.1"))
          .getSearchEntries()
          .forEach(group -> addGroup(group.getDN(), groups));
    }
    return groups;
  }

  /** Role mapping may name a group by its DN, or by the value of the DN's first part. */
  private static void addGroup(String group, List<String> names) {
    names.add(group);
    try {
      RDN first = new DN(group).getRDN();
      if (first != null) {
        names.add(first.getAttributeValues()[0]);
      }
    } catch (LDAPException plainName) {
      // Some directories name groups without DN; then the name as it is suffices.
      return;
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
