package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Directories for servers, and questions to them. */
final class Servers {
  private Servers() {}

  static Path newDirectory() throws IOException {
    Path created = Files.createTempDirectory("lakebed-postgres");
    // The account that PostgreSQL runs under must be able to pass.
    return Files.setPosixFilePermissions(created, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs statements; the first value of the last one's first row. */
  static String query(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.source().getConnection();
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
