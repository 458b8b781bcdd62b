package dev.lakebed.iam.model;

/** Vouches for people in place of an access key: each kind in its own way. */
public sealed interface IdentityProvider permits OidcProvider, SamlProvider, LdapProvider {
  /** Its ARN. */
  String arn();
}
