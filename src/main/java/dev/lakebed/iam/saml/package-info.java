/** Documents of SAML 2.0, parsed without anything that reaches outside of them. */
@NullMarked
package dev.lakebed.iam.saml;

import org.jspecify.annotations.NullMarked;
