package dev.lakebed.sts.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import java.util.ArrayList;
import java.util.List;

/** Finds the groups of a user: those that its entry names, and those that the search finds. */
record GroupSearch(LdapProvider provider) {
  private static final int MAX_GROUPS = 1000;

  /** DNs of the groups, and their common names. */
  List<String> of(LDAPConnectionPool connections, SearchResultEntry user, String name)
      throws LDAPException {
    List<String> groups = new ArrayList<>();
    String attribute = provider.search().attributes().getOrDefault("groups", "memberOf");
    String[] own = user.getAttributeValues(attribute);
    if (own != null) {
      for (String group : own) {
        GroupName.add(group, groups);
      }
    }
    if (!provider.search().groupFilter().isEmpty()) {
      for (SearchResultEntry group : connections.search(search(user, name)).getSearchEntries()) {
        GroupName.add(group.getDN(), groups);
      }
    }
    return groups;
  }

  private SearchRequest search(SearchResultEntry user, String name) throws LDAPException {
    String dn = Filter.encodeValue(user.getDN());
    String filter =
        provider
            .search()
            .groupFilter()
            .replace("%s", dn)
            .replace("%d", dn)
            .replace("%u", Filter.encodeValue(name));
    SearchRequest search =
        new SearchRequest(
            provider.search().groupBaseDn(), SearchScope.SUB, Filter.create(filter), "1.1");
    search.setSizeLimit(MAX_GROUPS);
    search.setTimeLimitSeconds((int) Math.max(1, provider.server().timeout().toSeconds()));
    return search;
  }

  /** How a group may be named in role mapping: its DN, or the value of the DN's first part. */
  static final class GroupName {
    private GroupName() {}

    static void add(String group, List<String> names) {
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
  }
}
