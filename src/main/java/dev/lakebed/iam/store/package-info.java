/** Identities in the database: what is stored, how it is looked up, and when caches are stale. */
@NullMarked
package dev.lakebed.iam.store;

import org.jspecify.annotations.NullMarked;
