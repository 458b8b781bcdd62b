/**
 * The identities this server knows at the moment, where they come from, and the credentials they
 * have.
 */
@NullMarked
package dev.lakebed.iam;

import org.jspecify.annotations.NullMarked;
