package dev.lakebed.sts.ldap;

import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.lakebed.iam.model.LdapProvider;
import dev.lakebed.sts.identity.ExternalIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a directory says about a user who gave the right password. */
record UserEntry(LdapProvider provider, SearchResultEntry entry, String user, List<String> groups) {
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
