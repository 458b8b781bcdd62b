package dev.lakebed.iam.store;

import dev.lakebed.storage.metadata.iam.IamStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Seals with the newest key what an older one sealed, once for each change of the keys, so that the
 * older can be taken away. With a single key there is nothing to do. For one thread.
 */
public final class SealRenewal {
  private static final System.Logger LOG = System.getLogger(SealRenewal.class.getName());
  private static final int AT_ONCE = 500;

  private final IamStore store;
  private final Supplier<List<byte[]>> keys;
  private List<byte[]> done = List.of();

  /** Renews in {@code store}; {@code keys} gives another list when they changed. */
  public SealRenewal(IamStore store, Supplier<List<byte[]>> keys) {
    this.store = store;
    this.keys = keys;
  }

  /**
   * Does what is left to do, a bounded number of secrets per transaction.
   *
   * @throws dev.lakebed.storage.metadata.MetadataUnavailableException when the database does not
   *     answer
   */
  public void run() {
    List<byte[]> now = keys.get();
    if (now == done) {
      return;
    }
    if (now.size() > 1) {
      renewAll();
      LOG.log(
          System.Logger.Level.INFO,
          "all secrets that could be opened are sealed with the first key of iam.key");
    }
    done = now;
  }

  private void renewAll() {
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      String from = after.get();
      after = store.note(stored -> stored.keys().renewSeals(from, AT_ONCE));
    }
  }
}
