package dev.lakebed.app;

import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.files.DurableDirectory.FileFault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The directory of everything that is kept, owned by one server at a time. */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory if need be and takes it.
   *
   * @throws StartFailure when it cannot be written or another server has it
   */
  static DataDirectory open(Path root) {
    try {
      DurableDirectory.create(root);
      FileChannel lockFile =
          FileChannel.open(
              root.resolve("server.lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      if (!locked(lockFile)) {
        lockFile.close();
        throw cannot("The data directory " + root + " is owned by another server that runs");
      }
      OwnerOnly.mend(root);
      return new DataDirectory(root, lockFile);
    } catch (IOException failure) {
      throw cannot(
          "The data directory " + root + " cannot be written: " + FileFault.words(failure));
    }
  }

  private static boolean locked(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static StartFailure cannot(String sentence) {
    return new StartFailure(StartFailure.CANNOT_START, List.of(sentence));
  }

  Path root() {
    return root;
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /**
   * Keeps other users of the machine out of the data directory: permissions that an earlier
   * version, a copy or a restore left open are taken away at the start. Looks at directories and at
   * the few files outside of volumes, not at every segment and chunk: nobody else reaches those.
   */
  static final class OwnerOnly {
    private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());
    private static final Set<PosixFilePermission> OWN =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);

    /**
     * The directories of this server. The database looks after its own, which may belong to another
     * account, and what somebody else has put there is not ours to change.
     */
    private static final Set<String> OWN_DIRECTORIES = Set.of("audit", "keys", "volumes");

    private OwnerOnly() {}

    /**
     * Mends the directory and what is in it, with one line in the log when there was something to
     * mend.
     *
     * @throws IOException when others can get in and that cannot be changed
     */
    static void mend(Path root) throws IOException {
      int mended = 0;
      for (Path path : paths(root)) {
        Set<PosixFilePermission> kept = EnumSet.copyOf(OWN);
        if (path.equals(root)) {
          // The account of the database may have to pass, without seeing what is there; it keeps
          // our
          // group.
          kept.add(PosixFilePermission.GROUP_EXECUTE);
          kept.add(PosixFilePermission.OTHERS_EXECUTE);
        }
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
