package dev.lakebed.app;

import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.files.DurableDirectory.FileFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

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
}
