package dev.lakebed.storage.metadata;

import java.time.Instant;
import java.util.List;

/** The ended sessions, for all nodes. */
public interface Revocations {
  /**
   * Adds a revocation. One of the same kind and subject is replaced; it never ends fewer sessions
   * than before.
   *
   * @param by ARN of whoever ordered it
   */
  void add(Revocation revocation, String by);

  /** All that still matter at that time. */
  List<Revocation> inForce(Instant now);

  /** Forgets those that no longer matter at that time. */
  void forgetBefore(Instant now);
}
