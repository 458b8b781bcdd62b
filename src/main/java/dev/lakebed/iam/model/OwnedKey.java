package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import java.util.List;

/** An access key and whose it is. */
public record OwnedKey(AccessKey key, KeyOwner owner) {
  /** Who signs with the key. */
  public Principal principal() {
    return owner.principal(key.restriction().map(List::of).orElseGet(List::of));
  }
}
