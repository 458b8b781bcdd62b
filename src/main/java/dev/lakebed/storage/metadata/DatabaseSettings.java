package dev.lakebed.storage.metadata;

import java.nio.file.Path;

/** Which database to use. */
public sealed interface DatabaseSettings {
  /**
   * A PostgreSQL server of our own, started and stopped with us; programs and data lie in a
   * directory that no other Lakebed uses.
   */
  record Embedded(Path directory) implements DatabaseSettings {}

  /**
   * A PostgreSQL server, version 15 or later, that others look after; may be shared by several
   * Lakebed nodes.
   *
   * @param url JDBC URL, {@code jdbc:postgresql://host:port/database?…}
   */
  record External(String url, String user, String password) implements DatabaseSettings {
    public External {
      if (!url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("the database URL must begin with jdbc:postgresql:");
      }
    }

    @Override
    public String toString() {
      // The URL's parameters may hold a password.
      return "External[" + url.replaceFirst("\\?.*", "") + "]";
    }
  }
}
