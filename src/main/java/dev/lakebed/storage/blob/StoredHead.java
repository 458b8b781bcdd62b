package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The head of a segment as it lies on disk. When it is damaged the segment's records are read
 * without it: each has a checksum of its own and repeats the nonce.
 *
 * @param header what the head says, or said before it was damaged
 * @param stored the bytes on disk, zeros where the file ends before
 */
record StoredHead(SegmentHeader header, ByteBuffer stored) {
  /** Reads the head; {@link CorruptBlobException} when the file is not that segment. */
  static StoredHead read(StorageFile file, UUID volume, long number) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(SegmentHeader.BYTES);
    file.read(in, 0);
    in.clear();
    boolean summed = SegmentHeader.sum(in) == storedSum(in);
    return new StoredHead(
        summed ? SegmentHeader.decode(in, volume, number) : restored(in, volume, number), in);
  }

  private static int storedSum(ByteBuffer in) {
    return in.getInt(SegmentHeader.SUMMED_BYTES);
  }

  /**
   * What the head must have said. Earlier builds gave segments a random nonce: it is found from the
   * checksum unless more than one byte of the two is damaged.
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

  /** Which bytes are damaged, in words. */
  String damage() {
    ByteBuffer right = header.encode();
    int[] wrong =
        IntStream.range(0, SegmentHeader.BYTES)
            .filter(i -> right.get(i) != stored.get(i))
            .toArray();
    return "%d of the %d bytes of its head, from byte %d"
        .formatted(wrong.length, SegmentHeader.BYTES, wrong[0]);
  }

  /**
   * Writes the head again. Only for a file in which a record of the segment was found: another may
   * be somebody else's.
   */
  void mend(StorageFile file) throws IOException {
    file.write(header.encode(), 0);
    file.force();
  }
}
