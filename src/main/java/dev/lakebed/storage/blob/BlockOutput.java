package dev.lakebed.storage.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Checks blocks in memory and passes on the wanted part of them. */
final class BlockOutput {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final BlobRef ref;
  private final int blockShift;
  private final long offset;
  private final long end;
  private final OutputStream out;
  private final CRC32C crc = new CRC32C();

  BlockOutput(BlobRef ref, int blockShift, long offset, long length, OutputStream out) {
    this.ref = ref;
    this.blockShift = blockShift;
    this.offset = offset;
    this.end = offset + length;
    this.out = out;
  }

  long firstBlock() {
    return offset >> blockShift;
  }

  long lastBlock() {
    return (end - 1) >> blockShift;
  }

  /** Bytes of data in as many of the blocks as are wanted, at most so many, from one on. */
  int bytes(long block, int atMost) {
    long count = Math.min(atMost, lastBlock() - block + 1);
    return (int) Math.min(count << blockShift, ref.length() - (block << blockShift));
  }

  /**
   * Checks all blocks, then writes.
   *
   * @param tableAt index of the checksum of the first block
   * @param dataAt index of the first block
   */
  void pass(byte[] array, int tableAt, int dataAt, long block, int bytes) throws IOException {
    int blockBytes = 1 << blockShift;
    for (int at = 0; at < bytes; at += blockBytes) {
      crc.reset();
      crc.update(array, dataAt + at, Math.min(blockBytes, bytes - at));
      int index = at >> blockShift;
      if ((int) crc.getValue() != (int) INTS.get(array, tableAt + Integer.BYTES * index)) {
        throw new CorruptBlobException("checksum of block " + (block + index) + " of " + ref);
      }
    }
    long start = block << blockShift;
    int from = (int) Math.max(0, offset - start);
    int to = (int) Math.min(bytes, end - start);
    out.write(array, dataAt + from, to - from);
  }
}
