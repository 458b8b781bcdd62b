package dev.lakebed.storage.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A directory in which every change is durable when the method that made it returns: contents are
 * forced before a name shows them, and the name is forced after. Files belong to their owner only.
 *
 * <p>A crash leaves a file as it was or as it became, and perhaps a draft beside it.
 */
public final class DurableDirectory {
  /** For new files of any directory that nobody but the server's user may read. */
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;

  private DurableDirectory(Path path) {
    this.path = path;
  }

  /** Makes the directory and its parents as far as they are missing, for their owner only. */
  public static DurableDirectory create(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    createMissing(absolute);
    return new DurableDirectory(absolute);
  }

  private static void createMissing(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent == null) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      createMissing(parent);
      try {
        Files.createDirectory(directory, OWNER_ONLY_DIRECTORY);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(directory)) {
          throw e;
        }
        // Another process made it, and may not have synced it yet.
      }
      sync(parent);
    }
  }

  public Path path() {
    return path;
  }

  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Puts a file in place of what has the name, whole or not at all. */
  public void write(String name, byte[] content) throws IOException {
    Path draft = resolve(name + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(draft, OWNER_ONLY);
    fill(draft, content);
    rename(draft.getFileName().toString(), name);
  }

  /**
   * Puts a file in place unless there is one; of several processes exactly one wins. Whoever lost
   * may rely on the winner's file.
   */
  public void writeIfAbsent(String name, byte[] content) throws IOException {
    Path draft = Files.createTempFile(path, ".", ".draft", OWNER_ONLY);
    try {
      fill(draft, content);
      Files.createLink(resolve(name), draft);
    } catch (FileAlreadyExistsException lostTheRace) {
      // The other process may not have come to its sync.
    } finally {
      Files.delete(draft);
    }
    sync();
  }

  /** Gives what is called {@code from} the name {@code to}, atomically, replacing a file there. */
  public void rename(String from, String to) throws IOException {
    Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE);
    sync();
  }

  public void delete(String name) throws IOException {
    if (Files.deleteIfExists(resolve(name))) {
      sync();
    }
  }

  /** Makes names that others made, renamed or removed durable. */
  public void sync() throws IOException {
    sync(path);
  }

  private static void fill(Path file, byte[] content) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /** Makes names created, renamed or removed in any directory durable. */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Takes the exclusive lock that a file stands for, until the result is closed; empty when another
   * process, or another server in this one, has it.
   */
  public static Optional<Closeable> tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return Optional.empty();
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(channel) : Optional.empty();
  }

  /** What is wrong with a file, in words for an operator. */
  public static final class FileFault {
    private FileFault() {}

    /** With the file, if the failure tells which. */
    public static String words(IOException failure) {
      String reason =
          switch (failure) {
            case NoSuchFileException missing -> "no such file or directory";
            case AccessDeniedException forbidden -> "the server's user may not";
            case FileAlreadyExistsException other -> "is there, and is no directory";
            case FileSystemException told -> told.getReason();
            default -> null;
          };
      return reason != null && failure instanceof FileSystemException told
          ? told.getFile() + ": " + reason
          : String.valueOf(failure.getMessage());
    }
  }
}
