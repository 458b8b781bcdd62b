package dev.lakebed.storage.metadata.store;

import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The volumes of a database in PostgreSQL. */
record PostgresVolumes(Database database) implements VolumeLedger {
  private static final String LIST =
      "SELECT uuid, epoch, opened_by, announced, opener FROM volume ORDER BY uuid";
  // Two first starts at once: the second waits, and then finds the first one's volume.
  private static final String LOCK = "LOCK TABLE volume IN SHARE ROW EXCLUSIVE MODE";
  private static final String ADD =
      "INSERT INTO volume (uuid, epoch, announced, opener, created_ms)"
          + " SELECT ?, 0, ?, ?, ? WHERE NOT EXISTS (SELECT FROM volume)";
  private static final String ANNOUNCE =
      "UPDATE volume SET epoch = ?, opened_by = ?, announced = ?, opener = ? WHERE uuid = ?"
          + " AND ((epoch, opened_by) = (?, ?) OR (announced, opener) = (?, ?))";
  private static final String OPENED =
      "UPDATE volume SET epoch = announced, opened_by = opener"
          + " WHERE uuid = ? AND announced = ? AND opener = ?";

  @Override
  public List<Entry> volumes() {
    return database.rows(LIST, row -> new Entry(identity(row, 2), identity(row, 4)));
  }

  private static VolumeIdentity identity(ResultSet row, int at) throws SQLException {
    return new VolumeIdentity(
        row.getObject(1, UUID.class), row.getInt(at), row.getObject(at + 1, UUID.class));
  }

  @Override
  public boolean announce(Opening opening) {
    return database.onConnection(
        connection -> add(connection, opening) || update(connection, opening));
  }

  private static boolean add(Connection connection, Opening opening) throws SQLException {
    VolumeIdentity next = opening.next();
    long now = System.currentTimeMillis();
    Jdbc.update(connection, LOCK);
    return opening.found().epoch() == 0
        && Jdbc.update(connection, ADD, next.uuid(), next.epoch(), next.opening(), now) == 1;
  }

  private static boolean update(Connection connection, Opening opening) throws SQLException {
    VolumeIdentity found = opening.found();
    VolumeIdentity next = opening.next();
    return Jdbc.update(
            connection,
            ANNOUNCE,
            found.epoch(),
            found.opening(),
            next.epoch(),
            next.opening(),
            found.uuid(),
            found.epoch(),
            found.opening(),
            found.epoch(),
            found.opening())
        == 1;
  }

  @Override
  public boolean opened(Opening opening) {
    VolumeIdentity next = opening.next();
    return database.update(OPENED, next.uuid(), next.epoch(), next.opening()) == 1;
  }
}
