package dev.lakebed.storage.metadata.iam;

import java.time.Instant;

/**
 * A user's password for the console.
 *
 * @param userId unique id of the user
 * @param hash as {@link PasswordHash} writes it
 * @param resetRequired whether the user must choose another at the next log-in
 */
public record Login(
    String userId, String hash, boolean resetRequired, Instant created, Instant changed) {
  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "Login[" + userId + "]";
  }
}
