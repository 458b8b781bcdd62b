package dev.lakebed.storage.metadata;

import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/** Stores that all test classes share, because starting a database takes a second. */
public final class TestStores {
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  private TestStores() {}

  private static final class Embedded {
    private static final MetadataStore STORE =
        keep(MetadataStore.open(new DatabaseSettings.Embedded(directory())));
  }

  private static final class External {
    private static final MetadataStore STORE = open();

    private static MetadataStore open() {
      try {
        EmbeddedPostgres server = keep(EmbeddedPostgres.start(directory()));
        return keep(MetadataStore.open(settings(server)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static MetadataStore embedded() {
    return Embedded.STORE;
  }

  public static MetadataStore external() {
    return External.STORE;
  }

  /** How another node would reach that server. */
  public static DatabaseSettings.External settings(EmbeddedPostgres server) {
    return new DatabaseSettings.External(server.url(), server.user(), server.password());
  }

  /** A new directory, deleted when the JVM ends. */
  public static Path directory() {
    try {
      Path directory = Files.createTempDirectory("lakebed-metadata");
      // The account that PostgreSQL runs under must be able to pass.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      keep(() -> delete(directory));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static synchronized <T extends AutoCloseable> T keep(T resource) {
    if (OPEN.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(new Thread(TestStores::closeAll));
    }
    OPEN.push(resource);
    return resource;
  }

  private static synchronized void closeAll() {
    while (!OPEN.isEmpty()) {
      try {
        OPEN.pop().close();
      } catch (Exception e) {
        System.err.println("cannot clean up: " + e);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
