package dev.lakebed.auth;

import dev.lakebed.policy.Keys;

/**
 * One thing a request must be allowed to do.
 *
 * @param action for example {@code s3:GetObject}
 * @param resource on what
 * @param keys condition keys of this action beyond the global ones, for example {@code s3:prefix}
 */
public record Permission(String action, Resource resource, Keys keys) {
  /** A permission without keys of its own. */
  public static Permission of(String action, Resource resource) {
    return new Permission(action, resource, Keys.NONE);
  }
}
