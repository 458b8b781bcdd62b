package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A long-term access key. That of a service account can end, and be narrowed to a part of its
 * user's rights.
 */
public record AccessKey(
    String id,
    Secret secret,
    boolean active,
    Optional<Instant> expiresAt,
    Optional<Policy> restriction) {
  public boolean usableAt(Instant now) {
    return active && expiresAt.map(now::isBefore).orElse(true);
  }

  public record OwnedKey(AccessKey key, KeyOwner owner) {
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
