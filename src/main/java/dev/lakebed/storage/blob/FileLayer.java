package dev.lakebed.storage.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Every access of this package to a file system. What a crash may lose is stated here: bytes until
 * {@link StorageFile#force}, names until {@link #syncDirectory}.
 */
interface FileLayer {
  /** Creates a file that must not exist, for reading and writing. */
  StorageFile create(Path path) throws IOException;

  /** Opens a file for reading; {@link java.nio.file.NoSuchFileException} when it is missing. */
  StorageFile openForReading(Path path) throws IOException;

  /** Opens an existing file for reading and writing. */
  StorageFile openForWriting(Path path) throws IOException;

  /** Creates a directory and its parents as far as they are missing. */
  void createDirectories(Path path) throws IOException;

  /** Renames atomically, replacing what is there. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file; whether it was there. */
  boolean deleteIfExists(Path path) throws IOException;

  /** Whether there is such a file. */
  boolean exists(Path path) throws IOException;

  /** Names in a directory, in no order. */
  List<String> list(Path directory) throws IOException;

  /** Makes names created, renamed or removed in the directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Bytes that this process may still write to the file system that holds the path. */
  long usableSpace(Path path) throws IOException;

  /**
   * Takes the exclusive lock that a file stands for, until the result is closed.
   *
   * @throws DataDirectoryInUseException when somebody has it
   */
  Closeable lock(Path path) throws IOException;
}
