package dev.lakebed.sts;

/** Roles that an identity provider's word opens. */
record FederatedRoles(WebIdentityRole web, SamlRole saml, LdapRole ldap) {}
