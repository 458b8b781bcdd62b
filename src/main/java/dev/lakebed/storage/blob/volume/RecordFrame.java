package dev.lakebed.storage.blob.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What describes a stored blob: the head of a record in a segment, the foot of a chunk file.
 *
 * <p>A record is {@code frame, checksum table, data, descriptor}, padded to 8 bytes; a chunk file
 * is {@code data, checksum table, descriptor, frame}. So whoever knows the length of the data finds
 * frame, table and data of a record with one read.
 *
 * @param blockShift binary logarithm of the bytes that one checksum, a CRC32C, covers
 * @param owner secret nonce of the segment, so that data like a frame is none; number of the chunk
 */
public record RecordFrame(
    int magic,
    int blockShift,
    int descriptorLength,
    int descriptorSum,
    int tableSum,
    long dataLength,
    long owner,
    long offset) {
  public static final int BYTES = 48;
  public static final int RECORD_MAGIC = 0x4c4b4252;
  public static final int CHUNK_MAGIC = 0x4c4b4243;

  private static final byte VERSION = 1;
  private static final int SUMMED_BYTES = BYTES - Integer.BYTES;

  /** At no place yet. */
  public static RecordFrame of(
      int magic, int blockBytes, byte[] descriptor, byte[] table, long dataLength) {
    return new RecordFrame(
        magic,
        Integer.numberOfTrailingZeros(blockBytes),
        descriptor.length,
        BlockChecksums.sum(ByteBuffer.wrap(descriptor)),
        BlockChecksums.sum(ByteBuffer.wrap(table)),
        dataLength,
        0,
        0);
  }

  public RecordFrame at(long place, long owned) {
    return new RecordFrame(
        magic, blockShift, descriptorLength, descriptorSum, tableSum, dataLength, owned, place);
  }

  /** Appends the binary form. The buffer must be backed by an array or direct. */
  public void encode(ByteBuffer out) {
    int start = out.position();
    out.putInt(magic).put(VERSION).put((byte) blockShift).putShort((short) 0);
    out.putInt(descriptorLength).putInt(tableSum).putLong(dataLength);
    out.putLong(owner).putLong(offset).putInt(descriptorSum);
    out.putInt(sum(out, start));
  }

  /** Reads a frame at an index of the buffer; empty when there is none with a right checksum. */
  public static Optional<RecordFrame> decode(ByteBuffer in, int at) {
    int magic = in.getInt(at);
    if (magic != RECORD_MAGIC && magic != CHUNK_MAGIC) {
      return Optional.empty();
    }
    RecordFrame frame =
        new RecordFrame(
            magic,
            in.get(at + 5),
            in.getInt(at + 8),
            in.getInt(at + 40),
            in.getInt(at + 12),
            in.getLong(at + 16),
            in.getLong(at + 24),
            in.getLong(at + 32));
    boolean valid =
        in.get(at + 4) == VERSION
            && sum(in, at) == in.getInt(at + SUMMED_BYTES)
            && frame.blockShift >= 9
            && frame.blockShift <= 20
            && frame.dataLength >= 0
            && frame.descriptorLength >= 0
            && frame.descriptorLength <= VolumeSettings.MAX_DESCRIPTOR_BYTES;
    return valid ? Optional.of(frame) : Optional.empty();
  }

  private static int sum(ByteBuffer buffer, int start) {
    return BlockChecksums.sum(buffer.slice(start, SUMMED_BYTES));
  }

  int blockBytes() {
    return 1 << blockShift;
  }

  long tableBytes() {
    return Integer.BYTES * blocks(dataLength, blockShift);
  }

  public long totalBytes() {
    return BYTES + tableBytes() + dataLength + descriptorLength;
  }

  /** All bytes of a record with the padding that lets the next one start at a multiple of 8. */
  public long paddedBytes() {
    return (totalBytes() + 7) & ~7L;
  }

  public static long blocks(long dataLength, int blockShift) {
    return (dataLength + (1L << blockShift) - 1) >> blockShift;
  }

  /** Computes the CRC32C of each block of a stream of bytes. */
  public static final class BlockChecksums {
    private final int blockBytes;
    private final CRC32C block = new CRC32C();
    private int inBlock;
    private int[] sums = new int[4];
    private int count;

    public BlockChecksums(int blockBytes) {
      this.blockBytes = blockBytes;
    }

    public void update(byte[] bytes, int offset, int length) {
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
    public byte[] table() {
      if (inBlock > 0) {
        endBlock();
      }
      byte[] table = new byte[Math.multiplyExact(Integer.BYTES, count)];
      ByteBuffer.wrap(table).asIntBuffer().put(sums, 0, count);
      return table;
    }

    /** The CRC32C of what remains in the buffer, which is left as it is. */
    public static int sum(ByteBuffer bytes) {
      CRC32C crc = new CRC32C();
      crc.update(bytes.duplicate());
      return (int) crc.getValue();
    }
  }
}
