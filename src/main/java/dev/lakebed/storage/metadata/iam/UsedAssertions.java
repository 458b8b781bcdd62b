package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import java.time.Instant;

/** SAML assertions that gave credentials, for all nodes. */
public interface UsedAssertions {
  /**
   * Notes that an assertion is used up.
   *
   * @param id whatever names it alone among all assertions of all providers
   * @param until when it is too old to be taken anyway
   * @return false when that was noted before, here or on another node
   * @throws MetadataUnavailableException when the database does not answer; the assertion must then
   *     not be taken
   */
  boolean add(String id, Instant until);

  /** Forgets those that have long been too old at that time, a bounded number per transaction. */
  void forgetBefore(Instant now);
}
