package dev.lakebed.storage.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single statements on a plain connection. Parameters are sent as what their Java types are. */
public final class Jdbc {
  private static final int DELETED_AT_ONCE = 1000;

  private Jdbc() {}

  @FunctionalInterface
  public interface RowReader<T> {
    /** Reads columns; does not move on. */
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement that gives no rows; the number of rows that it changed. */
  public static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  public static <T> List<T> rows(
      Connection connection, String sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    }
  }

  public static <T> Optional<T> first(
      Connection connection, String sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    }
  }

  /**
   * Deletes old rows, a bounded number per transaction; how many. The statement's parameters are a
   * time in milliseconds and the number of rows.
   */
  public static int deleteOld(Database database, String sql, Instant before) {
    int total = 0;
    int deleted;
    do {
      deleted = database.update(sql, before.toEpochMilli(), DELETED_AT_ONCE);
      total += deleted;
    } while (deleted == DELETED_AT_ONCE);
    return total;
  }

  static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
