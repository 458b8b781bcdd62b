package dev.lakebed.storage.metadata.tables;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Dropped tables until their files are gone. Whoever removes files holds a lease of ten minutes, so
 * that a location is never freed and used again while another node still removes files there.
 */
public interface Drops {
  /** Dropped tables that nobody holds a lease on, oldest first. */
  List<DroppedTable> waiting(int limit);

  /** Takes the lease; empty when another holds it or the files are already gone. */
  Optional<Lease> claim(DroppedTable table);

  /** Prolongs the lease; empty when it was lost. */
  Optional<Lease> prolong(Lease lease);

  /** Gives the lease back with files left. */
  void release(Lease lease);

  /** Forgets the table and frees its location, if the lease still holds. */
  void finish(Lease lease);

  /**
   * The right to remove a dropped table's files.
   *
   * @param table whose files
   * @param number changes whenever the lease is taken or prolonged
   */
  record Lease(DroppedTable table, long number) {}

  /**
   * A dropped table whose files are not all gone.
   *
   * @param id id the table had
   * @param bucket number of the table bucket
   * @param location key prefix of its files without trailing slash; still reserved
   */
  public record DroppedTable(UUID id, long bucket, String location) {}
}
