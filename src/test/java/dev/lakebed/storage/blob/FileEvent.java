package dev.lakebed.storage.blob;

import java.nio.file.Path;

/** What was done to a file system, or said about it, in the order in which it happened. */
sealed interface FileEvent {
  /** A new file got a name. */
  record Create(Path path, int file) implements FileEvent {}

  /** Bytes were written. */
  record Write(int file, long position, WrittenBytes bytes) implements FileEvent {}

  /** Bytes of one write. */
  final class WrittenBytes {
    private final byte[] bytes;

    WrittenBytes(byte[] bytes) {
      this.bytes = bytes;
    }

    int length() {
      return bytes.length;
    }

    void writeTo(FileBytes file, long position, int offset, int length) {
      file.write(position + offset, bytes, offset, length);
    }
  }

  /** The bytes of a file were made durable. */
  record Force(int file) implements FileEvent {}

  /** A file was cut. */
  record Truncate(int file, long size) implements FileEvent {}

  /** A file got another name. */
  record Rename(Path from, Path to) implements FileEvent {}

  /** A name was removed. */
  record Delete(Path path) implements FileEvent {}

  /** The names in a directory were made durable. */
  record SyncDirectory(Path path) implements FileEvent {}

  /** Something that the user of the store knows from here on. */
  record Mark(Object fact) implements FileEvent {}
}
