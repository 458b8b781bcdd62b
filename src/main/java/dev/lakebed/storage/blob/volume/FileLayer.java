package dev.lakebed.storage.blob.volume;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Every access of this package to a file system. What a crash may lose is stated here: bytes until
 * {@link StorageFile#force}, names until {@link #syncDirectory}.
 */
public interface FileLayer {
  /** Creates a file that must not exist, for reading and writing. */
  StorageFile create(Path path) throws IOException;

  /** Opens a file for reading; {@link java.nio.file.NoSuchFileException} when it is missing. */
  StorageFile openForReading(Path path) throws IOException;

  StorageFile openForWriting(Path path) throws IOException;

  /** Also the parents, as far as they are missing. */
  void createDirectories(Path path) throws IOException;

  /** Renames atomically, replacing what is there. */
  void rename(Path from, Path to) throws IOException;

  boolean deleteIfExists(Path path) throws IOException;

  boolean exists(Path path) throws IOException;

  /** Names in a directory, in no order. */
  List<String> list(Path directory) throws IOException;

  /** Makes names created, renamed or removed in the directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Bytes that this process may still write to the file system that holds the path. */
  long usableSpace(Path path) throws IOException;

  /**
   * Takes the exclusive lock that a file stands for until the result is closed, or throws {@link
   * DataDirectoryInUseException}.
   */
  Closeable lock(Path path) throws IOException;

  /** An open file. Positioned calls only, so several threads may read. */
  interface StorageFile extends Closeable {
    /** Reads until the buffer is full or the file ends; the number of bytes read. */
    int read(ByteBuffer into, long position) throws IOException;

    void write(ByteBuffer from, long position) throws IOException;

    /** Makes the bytes and the size durable. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    long size() throws IOException;
  }

  /** The data directory is owned by another server that runs now. */
  public static final class DataDirectoryInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public DataDirectoryInUseException(String message) {
      super(message);
    }
  }
}
