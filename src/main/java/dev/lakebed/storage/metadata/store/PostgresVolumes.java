package dev.lakebed.storage.metadata.store;

import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The volumes of a database in PostgreSQL. */
record PostgresVolumes(Database database) implements VolumeLedger {
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

  @Override
  public List<Entry> volumes() {
    return database.rows(
        LIST, row -> new Entry(row.getObject(1, UUID.class), row.getInt(2), row.getInt(3)));
  }

  @Override
  public boolean announce(Opening opening) {
    return database.onConnection(
        connection -> add(connection, opening) || update(connection, opening));
  }

  private static boolean add(Connection connection, Opening opening) throws SQLException {
    Jdbc.update(connection, LOCK);
    return opening.found() == 0
        && Jdbc.update(
                connection,
                ADD,
                opening.volume(),
                opening.next(),
                opening.opener(),
                System.currentTimeMillis())
            == 1;
  }

  private static boolean update(Connection connection, Opening opening) throws SQLException {
    return Jdbc.update(
            connection,
            ANNOUNCE,
            opening.found(),
            opening.next(),
            opening.opener(),
            opening.volume(),
            opening.found(),
            opening.found())
        == 1;
  }

  @Override
  public boolean opened(Opening opening) {
    return database.update(
            OPENED, opening.next(), opening.volume(), opening.next(), opening.opener())
        == 1;
  }
}
