package dev.lakebed.sts.ldap;

import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.sts.identity.ExternalIdentity;
import java.util.Optional;

/**
 * A user of a directory who gave the right password.
 *
 * @param identity who
 * @param role what role mapping gives
 */
public record LdapIdentity(ExternalIdentity identity, Optional<RoleArn> role) {}
