package dev.lakebed.app;

import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.files.DurableDirectory.FileFault;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The directory of everything that is kept, owned by one server at a time. */
record DataDirectory(Path root, Closeable lock) implements AutoCloseable {
  /** Makes the directory if need be and takes it; {@link StartFailure} when it cannot be had. */
  static DataDirectory open(Path root) {
    try {
      DurableDirectory.create(root);
      Closeable lock =
          DurableDirectory.tryLock(root.resolve("server.lock"))
              .orElseThrow(
                  () ->
                      StartFailure.here(
                          "The data directory " + root + " is owned by another server that runs"));
      OwnerOnly.mend(root);
      return new DataDirectory(root, lock);
    } catch (IOException failure) {
      throw StartFailure.here(
          "The data directory " + root + " cannot be written: " + FileFault.words(failure));
    }
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /**
   * Keeps other users of the machine out of the data directory: permissions that an earlier
   * version, a copy or a restore left open are taken away at the start. Looks at directories and at
   * the few files outside of volumes, not at every segment and chunk: nobody else reaches those.
   */
  static final class OwnerOnly {
    private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());

    /**
     * The directories of this server. The database looks after its own, which may belong to another
     * account, and what somebody else has put there is not ours to change.
     */
    private static final Set<String> OWN_DIRECTORIES = Set.of("audit", "keys", "volumes");

    private OwnerOnly() {}

    /** Mends the directory and what is in it; fails when others can get in and that must stay. */
    static void mend(Path root) throws IOException {
      int mended = 0;
      for (Path path : paths(root)) {
        // The database's account may have to pass the root, unseeing; it keeps our group.
        Set<PosixFilePermission> kept =
            PosixFilePermissions.fromString(path.equals(root) ? "rwx--x--x" : "rwx------");
        Set<PosixFilePermission> found =
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!kept.containsAll(found) && !Files.isSymbolicLink(path)) {
          kept.retainAll(found);
          Files.setPosixFilePermissions(path, kept);
          mended++;
        }
      }
      if (mended > 0) {
        LOG.log(
            Level.WARNING,
            "Other users of this machine could use {0} files and directories in {1}; no longer",
            mended,
            root);
      }
    }

    private static List<Path> paths(Path root) throws IOException {
      List<Path> paths = new ArrayList<>();
      paths.add(root);
      for (Path path : children(root)) {
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!directory || OWN_DIRECTORIES.contains(path.getFileName().toString())) {
          paths.add(path);
          paths.addAll(children(path));
        }
      }
      for (Path volume : children(root.resolve("volumes"))) {
        paths.addAll(children(volume));
        paths.addAll(children(volume.resolve("chunks")));
      }
      return paths;
    }

    private static List<Path> children(Path directory) throws IOException {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        return List.of();
      }
      try (Stream<Path> children = Files.list(directory)) {
        return children.toList();
      }
    }
  }
}
