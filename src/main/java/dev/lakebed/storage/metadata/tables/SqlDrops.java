package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Dropped tables in PostgreSQL; leases run on the database's clock. */
public final class SqlDrops implements Drops {
  private static final String PROLONG =
      "UPDATE managed_table SET lease_until = now() + interval '10 minutes',"
          + " lease_number = lease_number + 1 WHERE id = ? AND dropped_ms IS NOT NULL AND ";
  private static final String FREE = "(lease_until IS NULL OR lease_until < now())";
  private static final String HELD = " WHERE id = ? AND lease_number = ?";

  private final Database database;
  private final Database writers;

  /** Reads there; changes what may be locked by {@code writers}. */
  public SqlDrops(Database database, Database writers) {
    this.database = database;
    this.writers = writers;
  }

  @Override
  public List<DroppedTable> waiting(int limit) {
    return database.read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT id, bucket_id, location FROM managed_table"
                      + " WHERE dropped_ms IS NOT NULL AND "
                      + FREE
                      + " ORDER BY dropped_ms LIMIT ?")) {
            statement.setInt(1, limit);
            List<DroppedTable> waiting = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                waiting.add(
                    new DroppedTable(
                        rows.getObject(1, UUID.class), rows.getLong(2), rows.getString(3)));
              }
            }
            return waiting;
          }
        });
  }

  @Override
  public Optional<Lease> claim(DroppedTable table) {
    return writers.onConnection(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(PROLONG + FREE + " RETURNING lease_number")) {
            statement.setObject(1, table.id());
            return lease(statement, table);
          }
        });
  }

  @Override
  public Optional<Lease> prolong(Lease lease) {
    return writers.onConnection(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(PROLONG + "lease_number = ? RETURNING lease_number")) {
            statement.setObject(1, lease.table().id());
            statement.setLong(2, lease.number());
            return lease(statement, lease.table());
          }
        });
  }

  private static Optional<Lease> lease(PreparedStatement statement, DroppedTable table)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(new Lease(table, rows.getLong(1))) : Optional.empty();
    }
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
    writers.onConnection(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, lease.table().id());
            statement.setLong(2, lease.number());
            return statement.executeUpdate();
          }
        });
  }
}
