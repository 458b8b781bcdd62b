package dev.lakebed.storage.metadata.store;

import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.metadata.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The volumes of a database in PostgreSQL. */
final class PostgresVolumes implements VolumeLedger {
  private static final String LIST = "SELECT uuid, epoch, announced FROM volume ORDER BY uuid";
  // Two first starts at once: the second waits, and then finds the first one's volume.
  private static final String LOCK = "LOCK TABLE volume IN SHARE ROW EXCLUSIVE MODE";
  private static final String ADD =
      "INSERT INTO volume (uuid, epoch, announced, opener, created_ms)"
          + " SELECT ?, 0, ?, ?, ? WHERE NOT EXISTS (SELECT FROM volume)";
  private static final String ANNOUNCE =
      "UPDATE volume SET epoch = ?, announced = ?, opener = ?"
          + " WHERE uuid = ? AND (epoch = ? OR announced = ?)";
  private static final String OPENED =
      "UPDATE volume SET epoch = ? WHERE uuid = ? AND announced = ? AND opener = ?";

  private final Database database;

  PostgresVolumes(Database database) {
    this.database = database;
  }

  @Override
  public List<Entry> volumes() {
    return database.read(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LIST);
              ResultSet rows = statement.executeQuery()) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
              entries.add(new Entry(rows.getObject(1, UUID.class), rows.getInt(2), rows.getInt(3)));
            }
            return entries;
          }
        });
  }

  @Override
  public boolean announce(Opening opening) {
    return database.onConnection(
        connection -> add(connection, opening) || update(connection, opening));
  }

  private static boolean add(Connection connection, Opening opening) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK);
        PreparedStatement add = connection.prepareStatement(ADD)) {
      lock.execute();
      add.setObject(1, opening.volume());
      add.setInt(2, opening.next());
      add.setObject(3, opening.opener());
      add.setLong(4, System.currentTimeMillis());
      return opening.found() == 0 && add.executeUpdate() == 1;
    }
  }

  private static boolean update(Connection connection, Opening opening) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ANNOUNCE)) {
      update.setInt(1, opening.found());
      update.setInt(2, opening.next());
      update.setObject(3, opening.opener());
      update.setObject(4, opening.volume());
      update.setInt(5, opening.found());
      update.setInt(6, opening.found());
      return update.executeUpdate() == 1;
    }
  }

  @Override
  public boolean opened(Opening opening) {
    return database.onConnection(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(OPENED)) {
            update.setInt(1, opening.next());
            update.setObject(2, opening.volume());
            update.setInt(3, opening.next());
            update.setObject(4, opening.opener());
            return update.executeUpdate() == 1;
          }
        });
  }
}
