/**
 * Temporary credentials: issued as sealed tokens, opened at each request, and checked against the
 * identities of the moment.
 */
@NullMarked
package dev.lakebed.iam.session;

import org.jspecify.annotations.NullMarked;
