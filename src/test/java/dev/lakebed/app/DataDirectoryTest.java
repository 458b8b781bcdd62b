package dev.lakebed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No other user of the machine reads or changes what is kept. */
class DataDirectoryTest {
  private static final VolumeLedger NEW_DATABASE =
      new VolumeLedger() {
        @Override
        public List<Entry> volumes() {
          return List.of();
        }

        @Override
        public boolean announce(Opening opening) {
          return true;
        }

        @Override
        public boolean opened(Opening opening) {
          return true;
        }
      };

  @TempDir private Path folder;

  private Map<String, String> permissions(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        found.put(
            root.relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return found;
  }

  private static BlobRef put(SegmentedBlobStore store, int length) throws IOException {
    try (BlobWriter writer = store.begin(length)) {
      writer.write(new byte[length], 0, length);
      return writer.commit(new byte[0]);
    }
  }

  @Test
  void everything_is_made_for_its_owner_only() throws IOException {
    Path root = folder.resolve("data");
    try (DataDirectory data = DataDirectory.open(root);
        SegmentedBlobStore store =
            SegmentedBlobStore.open(
                VolumeSettings.defaults(data.root()), (ref, bytes) -> false, NEW_DATABASE)) {
      put(store, 10);
      put(store, 1_000_000);
      store.confirm(put(store, 1_000_000));
      permissions(root)
          .forEach(
              (path, permissions) ->
                  assertThat(permissions)
                      .as(path)
                      .isEqualTo(
                          Files.isDirectory(root.resolve(path)) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void what_others_could_use_is_mended_at_the_start() throws IOException {
    Path root = folder.resolve("data");
    Path keys = Files.createDirectories(root.resolve("keys"));
    Path chunks = Files.createDirectories(root.resolve("volumes/0/chunks/0a"));
    Path database = Files.createDirectories(root.resolve("postgres"));
    Path key = Files.writeString(keys.resolve("iam.key"), "secret");
    for (Path path : List.of(root, keys, chunks, database, key)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    DataDirectory.open(root).close();
    Map<String, String> found = permissions(root);
    assertThat(found.get("")).as("the database's account may pass").isEqualTo("rwx--x--x");
    assertThat(found.get("postgres")).as("the database's own").isEqualTo("rwxr-xr-x");
    assertThat(found.get("keys/iam.key")).isEqualTo("rwx------");
    for (String path : List.of("keys", "volumes", "volumes/0", "volumes/0/chunks/0a")) {
      assertThat(found.get(path)).as(path).isEqualTo("rwx------");
    }
  }
}
