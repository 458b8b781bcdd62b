package dev.lakebed.sts;

import dev.lakebed.query.QueryRequest;
import java.util.Optional;

/** The actions that an identity provider's word opens. */
record FederatedActions(WebIdentityRole web, SamlRole saml, LdapRole ldap) {
  Optional<Action> read(QueryRequest query) {
    return switch (query.action()) {
      case "AssumeRoleWithWebIdentity" -> Optional.of(web.read(query));
      case "AssumeRoleWithSAML" -> Optional.of(saml.read(query));
      case "AssumeRoleWithLDAPIdentity" -> Optional.of(ldap.read(query));
      default -> Optional.empty();
    };
  }
}
