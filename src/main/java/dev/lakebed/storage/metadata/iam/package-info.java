/** Identities in the database: users, groups, roles, policies, keys and providers. */
@NullMarked
package dev.lakebed.storage.metadata.iam;

import org.jspecify.annotations.NullMarked;
