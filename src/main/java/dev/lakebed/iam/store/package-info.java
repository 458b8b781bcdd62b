/** Identities of the database behind those of the configuration, kept fresh, and their secrets. */
@NullMarked
package dev.lakebed.iam.store;

import org.jspecify.annotations.NullMarked;
