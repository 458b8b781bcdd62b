package dev.lakebed.storage.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Positioned calls only, so several threads may read. */
interface StorageFile extends Closeable {
  /** Reads until the buffer is full or the file ends; the number of bytes read. */
  int read(ByteBuffer into, long position) throws IOException;

  /** Writes all remaining bytes of the buffer. */
  void write(ByteBuffer from, long position) throws IOException;

  /** Makes the bytes and the size durable. */
  void force() throws IOException;

  void truncate(long size) throws IOException;

  long size() throws IOException;
}
