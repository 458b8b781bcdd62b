package dev.lakebed.iam.store;

import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import java.util.function.Supplier;

/** Says the failure of the database in the words that every protocol understands. */
public final class DatabaseFailures {
  private DatabaseFailures() {}

  /**
   * Does the work.
   *
   * @throws ServerBusyException when the database does not answer
   */
  public static <T> T by(Supplier<T> work) {
    try {
      return work.get();
    } catch (MetadataUnavailableException unavailable) {
      throw new ServerBusyException("The database of identities does not answer");
    }
  }
}
