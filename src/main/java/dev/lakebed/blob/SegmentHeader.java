package dev.lakebed.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * First bytes of a segment.
 *
 * @param number the segment's number
 * @param nonce random number that every record of the segment repeats
 * @param volume identity of the volume
 */
record SegmentHeader(long number, long nonce, UUID volume) {
  static final int BYTES = 64;

  private static final int MAGIC = 0x4c4b4253;
  private static final int VERSION = 1;
  private static final int SUMMED_BYTES = BYTES - Integer.BYTES;

  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putInt(MAGIC).putInt(VERSION).putLong(number).putLong(nonce);
    out.putLong(volume.getMostSignificantBits()).putLong(volume.getLeastSignificantBits());
    out.putInt(SUMMED_BYTES, BlockChecksums.sum(out.slice(0, SUMMED_BYTES)));
    return out.clear();
  }

  /** Reads the header of a segment of that volume and refuses anything else. */
  static SegmentHeader read(StorageFile file, long volume, long number) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(BYTES);
    boolean whole = file.read(in, 0) == BYTES;
    boolean valid =
        whole
            && in.getInt(0) == MAGIC
            && in.getInt(4) == VERSION
            && in.getLong(8) == number
            && in.getInt(SUMMED_BYTES) == BlockChecksums.sum(in.slice(0, SUMMED_BYTES));
    if (!valid) {
      throw new CorruptBlobException("segment " + Long.toHexString(number) + " has no valid head");
    }
    UUID owner = new UUID(in.getLong(24), in.getLong(32));
    if (VolumeIdentity.id(owner) != volume) {
      throw new CorruptBlobException(
          "segment " + Long.toHexString(number) + " belongs to volume " + owner);
    }
    return new SegmentHeader(number, in.getLong(16), owner);
  }
}
