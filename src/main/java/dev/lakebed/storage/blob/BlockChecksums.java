package dev.lakebed.storage.blob;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Computes the CRC32C of each block of a stream of bytes. */
final class BlockChecksums {
  private final int blockBytes;
  private final CRC32C block = new CRC32C();
  private int inBlock;
  private int[] sums = new int[4];
  private int count;

  BlockChecksums(int blockBytes) {
    this.blockBytes = blockBytes;
  }

  void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int step = Math.min(end - at, blockBytes - inBlock);
      block.update(bytes, at, step);
      at += step;
      inBlock += step;
      if (inBlock == blockBytes) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    if (count == sums.length) {
      sums = Arrays.copyOf(sums, 2 * count);
    }
    sums[count++] = (int) block.getValue();
    block.reset();
    inBlock = 0;
  }

  /** The table for all bytes so far, in its stored form. Nothing may be added afterwards. */
  byte[] table() {
    if (inBlock > 0) {
      endBlock();
    }
    byte[] table = new byte[Math.multiplyExact(Integer.BYTES, count)];
    ByteBuffer.wrap(table).asIntBuffer().put(sums, 0, count);
    return table;
  }

  static int sum(byte[] bytes) {
    return sum(ByteBuffer.wrap(bytes));
  }

  /** The CRC32C of what remains in the buffer, which is left as it is. */
  static int sum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }
}
