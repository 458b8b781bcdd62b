package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame.BlockChecksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * First bytes of a segment.
 *
 * <p>The nonce follows from all else, which its reader knows: a head that rots costs nothing, and
 * records of another volume, number or format are still not taken for those of the segment. It is
 * secret as long as the volume's identity is, which no client is told. Every record repeats it.
 */
public record SegmentHeader(long number, long nonce, UUID volume) {
  public static final int BYTES = 64;
  static final int NONCE_AT = 16;
  static final int SUMMED_BYTES = BYTES - Integer.BYTES;

  private static final int MAGIC = 0x4c4b4253;
  private static final int VERSION = 1;

  /** The header that a new segment has. */
  public static SegmentHeader of(UUID volume, long number) {
    byte[] known = new SegmentHeader(number, 0, volume).encode().array();
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(known);
      return new SegmentHeader(number, ByteBuffer.wrap(hash).getLong(), volume);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  public BlobRef ref(long offset, long length) {
    long id = VolumeIdentity.id(volume);
    return new BlobRef(BlobRef.Kind.SEGMENT, id, number, offset, length);
  }

  public ByteBuffer encode() {
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

  /**
   * The head of a segment as it lies on disk, zeros where the file ends before, and what it says,
   * or said before it was damaged: then the records are read without it.
   */
  public record StoredHead(SegmentHeader header, ByteBuffer stored) {
    /** Reads the head; {@link CorruptBlobException} when the file is not that segment. */
    public static StoredHead read(StorageFile file, UUID volume, long number) throws IOException {
      ByteBuffer in = ByteBuffer.allocate(SegmentHeader.BYTES);
      file.read(in, 0);
      in.clear();
      boolean summed = SegmentHeader.sum(in) == storedSum(in);
      return new StoredHead(summed ? decode(in, volume, number) : restored(in, volume, number), in);
    }

    private static int storedSum(ByteBuffer in) {
      return in.getInt(SegmentHeader.SUMMED_BYTES);
    }

    /**
     * What the head must have said. Earlier builds gave segments a random nonce: it is found from
     * the checksum unless more than one byte of the two is damaged.
     */
    private static SegmentHeader restored(ByteBuffer in, UUID volume, long number) {
      SegmentHeader derived = SegmentHeader.of(volume, number);
      long nonce = in.getLong(SegmentHeader.NONCE_AT);
      if (nonce == derived.nonce() || storedSum(in) == sum(derived)) {
        return derived;
      }
      SegmentHeader random = new SegmentHeader(number, nonce, volume);
      if (isOneByte(storedSum(in) ^ sum(random))) {
        return random;
      }
      return IntStream.range(0, Long.BYTES * 256)
          .mapToObj(i -> nonce ^ ((long) (i & 255) << ((i >> 8) * Byte.SIZE)))
          .map(candidate -> new SegmentHeader(number, candidate, volume))
          .filter(candidate -> sum(candidate) == storedSum(in))
          .findFirst()
          .orElse(derived);
    }

    private static int sum(SegmentHeader header) {
      return SegmentHeader.sum(header.encode());
    }

    private static boolean isOneByte(int difference) {
      return IntStream.of(0, 8, 16, 24).anyMatch(at -> (difference & ~(255 << at)) == 0);
    }

    boolean isWhole() {
      return header.encode().equals(stored);
    }

    public String damage() {
      ByteBuffer right = header.encode();
      IntStream all = IntStream.range(0, SegmentHeader.BYTES);
      int[] wrong = all.filter(i -> right.get(i) != stored.get(i)).toArray();
      return "%d of the %d bytes of its head, from byte %d"
          .formatted(wrong.length, SegmentHeader.BYTES, wrong[0]);
    }

    /** Only of a file in which a record of the segment was found: others may not be ours. */
    void mend(StorageFile file) throws IOException {
      file.write(header.encode(), 0);
      file.force();
    }
  }
}
