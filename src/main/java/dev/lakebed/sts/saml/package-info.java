/** Assertions of SAML 2.0 identity providers, verified. */
@NullMarked
package dev.lakebed.sts.saml;

import org.jspecify.annotations.NullMarked;
