package dev.lakebed.iam;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A small file that only the server's user may read, written once and durably. */
final class PrivateFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFile() {}

  /** The content; made by {@code first} when there is no file yet. */
  static String readOrCreate(Path directory, String name, Supplier<String> first)
      throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      create(directory, file, first.get());
    }
    return Files.readString(file);
  }

  /** Linking the finished file into place lets exactly one of several servers win. */
  private static void create(Path directory, Path file, String content) throws IOException {
    Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
    Path draft = Files.createTempFile(directory, ".new", ".key", OWNER_ONLY);
    try {
      write(draft, content);
      Files.createLink(file, draft);
      sync(directory);
    } catch (FileAlreadyExistsException lostTheRace) {
      // The other server's file is the one that counts; it is read next.
    } finally {
      Files.delete(draft);
    }
  }

  private static void write(Path file, String content) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
