package dev.lakebed.sts.oidc;

import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.sts.identity.ExternalIdentity;
import java.util.Optional;

/**
 * What a verified web identity token says.
 *
 * @param identity who
 * @param issuer the provider, as the token names it
 * @param audience the client of the provider that the token is for
 * @param role what role mapping gives
 */
public record WebIdentity(
    ExternalIdentity identity, String issuer, String audience, Optional<RoleArn> role) {}
