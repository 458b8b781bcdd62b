package dev.lakebed.storage.metadata;

import java.util.Optional;

/**
 * What must hold of the current version for a write to happen; evaluated in the transaction that
 * writes (<a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">
 * AWS, Conditional writes</a>).
 */
@FunctionalInterface
public interface WriteCondition {
  /** Always holds. */
  WriteCondition NONE = current -> {};

  /**
   * Checks the current version.
   *
   * @throws RuntimeException the caller's own exception; the write does not happen and the
   *     exception reaches the caller unchanged
   */
  void check(Optional<StoredObject> current);
}
