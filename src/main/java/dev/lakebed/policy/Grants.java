package dev.lakebed.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a principal brings along: the policies attached to it and the limits on them.
 *
 * @param identity inline, managed and group policies of the user or role
 * @param boundary permissions boundary
 * @param session session policies; empty means the session is not narrowed further. When the list
 *     is not empty, the session is allowed what at least one of them allows
 * @param root whether this is the account itself, allowed everything that no policy denies
 */
public record Grants(
    List<Policy> identity, Optional<Policy> boundary, List<Policy> session, boolean root) {
  /** Copies the lists. */
  public Grants {
    identity = List.copyOf(identity);
    session = List.copyOf(session);
  }

  /** No grants at all. */
  public static final Grants NONE = new Grants(List.of(), Optional.empty(), List.of(), false);
}
