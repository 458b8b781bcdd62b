package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A long-term access key.
 *
 * @param expiresAt end of a service account's key
 * @param restriction what a service account's key is narrowed to, within the rights of its user
 */
public record AccessKey(
    String id,
    Secret secret,
    boolean active,
    Optional<Instant> expiresAt,
    Optional<Policy> restriction) {
  /** Whether the key may be used at that time. */
  public boolean usableAt(Instant now) {
    return active && expiresAt.map(now::isBefore).orElse(true);
  }

  /** An access key and whose it is. */
  public record OwnedKey(AccessKey key, KeyOwner owner) {
    /** Who signs with the key. */
    public Principal principal() {
      return owner.principal(key.restriction().map(List::of).orElseGet(List::of));
    }
  }

  /** Text that must never be printed. */
  public record Secret(String reveal) {
    @Override
    public String toString() {
      return "Secret[hidden]";
    }
  }
}
