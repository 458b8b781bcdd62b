package dev.lakebed.storage.blob;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * First bytes of a segment.
 *
 * <p>The nonce follows from all else, which its reader knows: a head that rots costs nothing, and
 * records of another volume, number or format are still not taken for those of the segment. It is
 * secret as long as the volume's identity is, which no client is told.
 *
 * @param number the segment's number
 * @param nonce number that every record of the segment repeats
 * @param volume identity of the volume
 */
record SegmentHeader(long number, long nonce, UUID volume) {
  static final int BYTES = 64;
  static final int NONCE_AT = 16;
  static final int SUMMED_BYTES = BYTES - Integer.BYTES;

  private static final int MAGIC = 0x4c4b4253;
  private static final int VERSION = 1;

  /** The header that a new segment has. */
  static SegmentHeader of(UUID volume, long number) {
    ByteBuffer known = new SegmentHeader(number, 0, volume).encode();
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(known);
      return new SegmentHeader(number, ByteBuffer.wrap(hash.digest()).getLong(), volume);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putInt(MAGIC).putInt(VERSION).putLong(number).putLong(nonce);
    out.putLong(volume.getMostSignificantBits()).putLong(volume.getLeastSignificantBits());
    out.putInt(SUMMED_BYTES, sum(out));
    return out.clear();
  }

  /** The checksum that those bytes of a head must have. */
  static int sum(ByteBuffer head) {
    return BlockChecksums.sum(head.slice(0, SUMMED_BYTES));
  }

  /** Reads a head whose checksum is right; refuses that of anything but the wanted segment. */
  static SegmentHeader decode(ByteBuffer in, UUID volume, long number) throws CorruptBlobException {
    if (in.getInt(0) != MAGIC) {
      throw refused(number, "has no valid head");
    }
    if (in.getInt(4) != VERSION) {
      throw refused(number, "has format " + in.getInt(4) + ", this server knows " + VERSION);
    }
    if (in.getLong(8) != number) {
      throw refused(number, "has the head of segment " + Long.toHexString(in.getLong(8)));
    }
    UUID owner = new UUID(in.getLong(24), in.getLong(32));
    if (!owner.equals(volume)) {
      throw refused(number, "belongs to volume " + owner);
    }
    return new SegmentHeader(number, in.getLong(NONCE_AT), owner);
  }

  private static CorruptBlobException refused(long number, String why) {
    return new CorruptBlobException("segment " + Long.toHexString(number) + " " + why);
  }
}
