package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.OpenFiles.BlobFile;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.RecordFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads ranges of blobs, each block checked before a byte of it leaves. */
record BlobReader(OpenFiles openFiles, PagePool buffers) {
  void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException {
    BlobFile file = openFiles.pin(ref);
    try {
      BlockOutput output = new BlockOutput(ref, file.blockShift(), offset, length, out);
      switch (ref.kind()) {
        case SEGMENT -> {
          int shift = readRecord(file, ref, file.blockShift(), output);
          if (shift != file.blockShift()) {
            readRecord(file, ref, shift, new BlockOutput(ref, shift, offset, length, out));
          }
        }
        case CHUNK -> readChunk(file, ref, output);
      }
    } finally {
      file.unpin();
    }
  }

  /**
   * Reads frame, table and the first blocks at once; gives the block size of the record. When that
   * is another one nothing is written.
   */
  private int readRecord(BlobFile file, BlobRef ref, int shift, BlockOutput output)
      throws IOException {
    int head = headBytes(ref, shift);
    byte[] page = buffers.tryTake();
    byte[] array = large(page, head + (1 << shift));
    try {
      int perRead = (array.length - head) >> shift;
      long block = output.firstBlock();
      int bytes = output.bytes(block, perRead);
      int first = block == 0 ? head + bytes : head;
      int got = file.read(array, 0, first, ref.offset());
      int found = checkFrame(file, ref, array, got);
      if (found != shift) {
        return found;
      }
      requireRead(ref, got, first);
      if (block == 0) {
        output.pass(array, RecordFrame.BYTES, head, 0, bytes);
        block = perRead;
      }
      for (; block <= output.lastBlock(); block += perRead) {
        bytes = output.bytes(block, perRead);
        long at = ref.offset() + head + (block << shift);
        requireRead(ref, file.read(array, head, bytes, at), bytes);
        int sums = (int) (RecordFrame.BYTES + Integer.BYTES * block);
        output.pass(array, sums, head, block, bytes);
      }
      return shift;
    } finally {
      giveBack(page);
    }
  }

  private static int headBytes(BlobRef ref, int shift) {
    long blocks = RecordFrame.blocks(ref.length(), shift);
    return Math.toIntExact(RecordFrame.BYTES + Integer.BYTES * blocks);
  }

  private static int checkFrame(BlobFile file, BlobRef ref, byte[] array, int got)
      throws CorruptBlobException {
    if (got >= RecordFrame.BYTES) {
      Optional<RecordFrame> frame = RecordFrame.decode(ByteBuffer.wrap(array), 0);
      if (frame.isPresent()
          && frame.get().magic() == RecordFrame.RECORD_MAGIC
          && frame.get().owner() == file.owner()
          && frame.get().offset() == ref.offset()
          && frame.get().dataLength() == ref.length()) {
        return frame.get().blockShift();
      }
    }
    throw new CorruptBlobException("no valid frame: " + ref);
  }

  private void readChunk(BlobFile file, BlobRef ref, BlockOutput output) throws IOException {
    int shift = file.blockShift();
    int blockAndSum = (1 << shift) + Integer.BYTES;
    byte[] page = buffers.tryTake();
    byte[] array = large(page, blockAndSum);
    try {
      int perRead = array.length / blockAndSum;
      for (long block = output.firstBlock(); block <= output.lastBlock(); block += perRead) {
        int bytes = output.bytes(block, perRead);
        int table = Integer.BYTES * (int) RecordFrame.blocks(bytes, shift);
        long tableAt = ref.length() + Integer.BYTES * block;
        requireRead(ref, file.read(array, 0, table, tableAt), table);
        requireRead(ref, file.read(array, table, bytes, block << shift), bytes);
        output.pass(array, 0, table, block, bytes);
      }
    } finally {
      giveBack(page);
    }
  }

  private static byte[] large(byte @Nullable [] page, int bytes) {
    return page == null || page.length < bytes ? new byte[bytes] : page;
  }

  private void giveBack(byte @Nullable [] page) {
    if (page != null) {
      buffers.giveBack(page);
    }
  }

  private static void requireRead(BlobRef ref, int got, int wanted) throws CorruptBlobException {
    if (got < wanted) {
      throw new CorruptBlobException("cut short: " + ref);
    }
  }

  /** Checks blocks in memory and passes on the wanted part of them. */
  record BlockOutput(BlobRef ref, int blockShift, long offset, long length, OutputStream out) {
    private static final VarHandle INTS =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    long firstBlock() {
      return offset >> blockShift;
    }

    long lastBlock() {
      return (offset + length - 1) >> blockShift;
    }

    /** Bytes of data in as many of the blocks as are wanted, at most so many, from one on. */
    int bytes(long block, int atMost) {
      long count = Math.min(atMost, lastBlock() - block + 1);
      return (int) Math.min(count << blockShift, ref.length() - (block << blockShift));
    }

    /** Checks all blocks, of which the first and its checksum are at those indexes, then writes. */
    void pass(byte[] array, int tableAt, int dataAt, long block, int bytes) throws IOException {
      CRC32C crc = new CRC32C();
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
      int to = (int) Math.min(bytes, offset + length - start);
      out.write(array, dataAt + from, to - from);
    }
  }
}
