/**
 * The SeaweedFS JSON configuration of identities, roles, policies and sessions: strict, and with
 * every problem listed at once.
 */
@NullMarked
package dev.lakebed.iam.config;

import org.jspecify.annotations.NullMarked;
