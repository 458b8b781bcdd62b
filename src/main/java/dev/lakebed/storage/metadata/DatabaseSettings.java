package dev.lakebed.storage.metadata;

import java.nio.file.Path;

/** Which database to use. */
public sealed interface DatabaseSettings {
  /**
   * A PostgreSQL server of our own, started and stopped with us.
   *
   * @param directory where its programs and data lie, for example {@code <data>/postgres}; one
   *     Lakebed per directory
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
