package dev.lakebed.storage.metadata;

import java.nio.file.Path;

/** Which database to use. */
public sealed interface DatabaseSettings {
  /** A PostgreSQL server of our own, with its programs and data in a directory of its own. */
  record Embedded(Path directory) implements DatabaseSettings {}

  /** A PostgreSQL server, version 15 or later, that others look after and nodes may share. */
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
