package dev.lakebed.storage.blob;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Content of a file in memory. */
final class FileBytes {
  private byte[] bytes;
  private int size;

  FileBytes(byte[] bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  FileBytes copy() {
    return new FileBytes(Arrays.copyOf(bytes, size));
  }

  int size() {
    return size;
  }

  void write(long position, byte[] from, int offset, int length) {
    int end = Math.toIntExact(position + length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, (int) position, length);
    size = Math.max(size, end);
  }

  int read(ByteBuffer into, long position) {
    int count = (int) Math.max(0, Math.min(into.remaining(), size - position));
    if (count > 0) {
      into.put(bytes, (int) position, count);
    }
    return count;
  }

  void truncate(long newSize) {
    if (newSize < size) {
      Arrays.fill(bytes, (int) newSize, size, (byte) 0);
      size = (int) newSize;
    }
  }
}
