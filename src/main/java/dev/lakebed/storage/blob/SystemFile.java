package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of the machine's file system. */
final class SystemFile implements StorageFile {
  /**
   * The JDK copies between heap buffers and a direct buffer that it keeps for each thread as large
   * as the largest call; smaller calls bound that memory.
   */
  private static final int CALL_BYTES = 64 * 1024;

  private final FileChannel channel;

  SystemFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int end = into.limit();
    int start = into.position();
    int got = 0;
    while (into.position() < end && got >= 0) {
      into.limit(callEnd(into, end));
      got = channel.read(into, position + into.position() - start);
    }
    into.limit(end);
    return into.position() - start;
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    int end = from.limit();
    int start = from.position();
    while (from.position() < end) {
      from.limit(callEnd(from, end));
      channel.write(from, position + from.position() - start);
    }
  }

  private static int callEnd(ByteBuffer buffer, int end) {
    return buffer.isDirect() ? end : Math.min(end, buffer.position() + CALL_BYTES);
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
