package dev.lakebed.tables.table;

import dev.lakebed.storage.metadata.tables.Drops;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.Drops.Lease;
import java.util.Optional;

/**
 * Removes the files of dropped tables, page by page, and then frees the location. A purge that was
 * cut off is taken up by {@link #sweep}.
 */
public record TablePurge(Drops drops, TableFiles files) {
  private static final System.Logger LOG = System.getLogger(TablePurge.class.getName());
  private static final int PAGE = 1000;
  private static final int TABLES_PER_SWEEP = 100;

  /** Pages that a DeleteTable request removes itself; what is left is for the sweep. */
  private static final int PAGES_PER_REQUEST = 20;

  /**
   * Removes the files of a table just dropped, as far as one request may. The drop itself is done;
   * a failure here is logged, and the sweep goes on later.
   */
  public void begin(DroppedTable table) {
    purge(table, PAGES_PER_REQUEST);
  }

  /** Finishes all purges that were cut off. To run at start and every minute. */
  public void sweep() {
    for (DroppedTable table : drops.waiting(TABLES_PER_SWEEP)) {
      purge(table, Integer.MAX_VALUE);
    }
  }

  private void purge(DroppedTable table, int pages) {
    try {
      drops.claim(table).ifPresent(lease -> purge(lease, pages));
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "files of dropped table " + table.id() + " are left, to be removed later",
          failure);
    }
  }

  private void purge(Lease taken, int pages) {
    Lease lease = taken;
    for (int page = 0; page < pages; page++) {
      if (!files.deleteSome(lease.table().bucket(), lease.table().location() + '/', PAGE)) {
        drops.finish(lease);
        return;
      }
      Optional<Lease> prolonged = drops.prolong(lease);
      if (prolonged.isEmpty()) {
        return;
      }
      lease = prolonged.get();
    }
    drops.release(lease);
  }

  public interface TableFiles {
    boolean exists(long bucket, String key);

    /** Whether any object has a key that starts with {@code prefix}. */
    boolean anyUnder(long bucket, String prefix);

    /**
     * Deletes at most {@code limit} objects whose keys start with {@code prefix}, and aborts
     * unfinished uploads there. Deleting twice is harmless. Says whether something may be left.
     */
    boolean deleteSome(long bucket, String prefix, int limit);
  }
}
