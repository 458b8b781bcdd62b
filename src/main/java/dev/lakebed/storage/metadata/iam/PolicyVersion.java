package dev.lakebed.storage.metadata.iam;

import java.time.Instant;

/**
 * A version of a managed policy.
 *
 * @param number from 1
 * @param document JSON text as given
 */
public record PolicyVersion(int number, String document, Instant created) {
  /** {@code v3}. */
  public String id() {
    return "v" + number;
  }
}
