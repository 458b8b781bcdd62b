package dev.lakebed.iam.session;

import java.util.List;
import java.util.Optional;

/**
 * The session keys of this server.
 *
 * @param active seals new tokens
 * @param retired still open old ones
 */
public record KeyRing(SessionKey active, List<SessionKey> retired) {
  /** Copies the list. */
  public KeyRing {
    retired = List.copyOf(retired);
  }

  Optional<SessionKey> find(byte[] token, int offset) {
    if (active.hasId(token, offset)) {
      return Optional.of(active);
    }
    return retired.stream().filter(key -> key.hasId(token, offset)).findFirst();
  }
}
