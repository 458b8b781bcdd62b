/** Web identities: tokens of OpenID Connect providers, verified. */
@NullMarked
package dev.lakebed.sts.oidc;

import org.jspecify.annotations.NullMarked;
