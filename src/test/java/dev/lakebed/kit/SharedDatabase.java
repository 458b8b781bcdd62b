package dev.lakebed.kit;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** One PostgreSQL for all tests of this package, because starting one takes a second. */
public final class SharedDatabase {
  private static final MetadataStore STORE = start();

  private SharedDatabase() {}

  public static Database get() {
    return store().database();
  }

  public static MetadataStore store() {
    return STORE;
  }

  private static MetadataStore start() {
    try {
      Path directory = Files.createTempDirectory("lakebed-iam-test");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      MetadataStore store = MetadataStore.open(new DatabaseSettings.Embedded(directory));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(store, directory)));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(MetadataStore store, Path directory) {
    store.close();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
