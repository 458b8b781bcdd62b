package dev.lakebed.storage.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Several statements sent together, in one round trip. */
public final class StatementPipeline {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  public StatementPipeline statement(String text) {
    if (!sql.isEmpty()) {
      sql.append(";\n");
    }
    sql.append(text);
    return this;
  }

  /** The next parameter: a value, or an array, which the driver sends as such. */
  public StatementPipeline with(Object value) {
    parameters.add(value);
    return this;
  }

  public boolean isEmpty() {
    return sql.isEmpty();
  }

  /** Runs statements that give no rows back. */
  public void run(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      statement.execute();
    }
  }

  public PreparedStatement prepare(Connection connection) throws SQLException {
    return Jdbc.prepare(connection, sql.toString(), parameters.toArray());
  }
}
