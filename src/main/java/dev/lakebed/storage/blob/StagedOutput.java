package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers many small pieces into few large writes of one file. Used by one thread. */
final class StagedOutput {
  static final int BUFFER_BYTES = 1024 * 1024;

  private final ByteBuffer staging;
  private final StorageFile file;
  private long position;

  StagedOutput(ByteBuffer staging, StorageFile file, long position) {
    this.staging = staging.clear();
    this.file = file;
    this.position = position;
  }

  void put(RecordFrame frame) throws IOException {
    if (staging.remaining() < RecordFrame.BYTES) {
      flush();
    }
    frame.encode(staging);
  }

  void put(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      if (!staging.hasRemaining()) {
        flush();
      }
      int step = Math.min(length - at, staging.remaining());
      staging.put(bytes, at, step);
      at += step;
    }
  }

  void pad(int count) throws IOException {
    if (staging.remaining() < count) {
      flush();
    }
    for (int i = 0; i < count; i++) {
      staging.put((byte) 0);
    }
  }

  void flush() throws IOException {
    staging.flip();
    int length = staging.remaining();
    file.write(staging, position);
    position += length;
    staging.clear();
  }
}
