package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives pieces of a file that is read from front to back in large steps. */
final class ScanWindow {
  private static final int BYTES = 1024 * 1024 + 4096;
  private static final int SMALL = 64 * 1024;

  private final StorageFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
  private long start;

  ScanWindow(StorageFile file) {
    this.file = file;
    buffer.limit(0);
  }

  /** Makes so many bytes available in {@link #buffer}; false when the file ends before. */
  boolean load(long position, int length) throws IOException {
    if (position < start || position + length > start + buffer.limit()) {
      start = position;
      buffer.clear();
      file.read(buffer, position);
      buffer.flip();
    }
    return position + length <= start + buffer.limit();
  }

  ByteBuffer buffer() {
    return buffer;
  }

  /** Index in the buffer of a position that was loaded. */
  int index(long position) {
    return (int) (position - start);
  }

  /** A copy of bytes of the file, shorter when it ends before. */
  ByteBuffer copy(long position, int length) throws IOException {
    ByteBuffer copy = ByteBuffer.allocate(length);
    if (length <= SMALL && load(position, length)) {
      copy.put(slice(position, length));
    } else {
      file.read(copy, position);
    }
    return copy.flip();
  }

  /** A view of loaded bytes. */
  ByteBuffer slice(long position, int length) {
    return buffer.slice(index(position), length);
  }
}
