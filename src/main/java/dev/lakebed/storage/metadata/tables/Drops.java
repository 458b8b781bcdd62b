package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
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

  /** The right to remove a table's files; the number changes when it is taken or prolonged. */
  record Lease(DroppedTable table, long number) {}

  /** A dropped table whose files are not all gone; its location is still reserved. */
  public record DroppedTable(UUID id, long bucket, String location) {}

  /** Dropped tables in PostgreSQL; leases run on the database's clock. */
  public record SqlDrops(Database database, Database writers) implements Drops {
    private static final String PROLONG =
        "UPDATE managed_table SET lease_until = now() + interval '10 minutes',"
            + " lease_number = lease_number + 1 WHERE id = ? AND dropped_ms IS NOT NULL AND ";
    private static final String FREE = "(lease_until IS NULL OR lease_until < now())";
    private static final String HELD = " WHERE id = ? AND lease_number = ?";

    @Override
    public List<DroppedTable> waiting(int limit) {
      return database.rows(
          "SELECT id, bucket_id, location FROM managed_table WHERE dropped_ms IS NOT NULL AND "
              + FREE
              + " ORDER BY dropped_ms LIMIT ?",
          row -> new DroppedTable(row.getObject(1, UUID.class), row.getLong(2), row.getString(3)),
          limit);
    }

    @Override
    public Optional<Lease> claim(DroppedTable table) {
      return lease(table, FREE, table.id());
    }

    @Override
    public Optional<Lease> prolong(Lease lease) {
      return lease(lease.table(), "lease_number = ?", lease.table().id(), lease.number());
    }

    private Optional<Lease> lease(DroppedTable table, String condition, Object... parameters) {
      return writers.onConnection(
          connection ->
              Jdbc.first(
                  connection,
                  PROLONG + condition + " RETURNING lease_number",
                  row -> new Lease(table, row.getLong(1)),
                  parameters));
    }

    @Override
    public void release(Lease lease) {
      update("UPDATE managed_table SET lease_until = NULL" + HELD, lease);
    }

    @Override
    public void finish(Lease lease) {
      update("DELETE FROM managed_table" + HELD, lease);
    }

    private void update(String sql, Lease lease) {
      writers.update(sql, lease.table().id(), lease.number());
    }
  }
}
