package dev.lakebed.storage.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash
 *     specification</a>
 */
final class XxHash64 implements Checksum {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] pending = new byte[STRIPE];
  private int filled;
  private long total;
  private long a1 = P1_PLUS_P2;
  private long a2 = P2;
  private long a3;
  private long a4 = -P1;

  @Override
  public void update(byte[] bytes, int offset, int length) {
    total += length;
    int i = offset;
    int end = offset + length;
    if (filled > 0) {
      int taken = Math.min(STRIPE - filled, length);
      System.arraycopy(bytes, i, pending, filled, taken);
      filled += taken;
      i += taken;
      if (filled < STRIPE) {
        return;
      }
      stripes(pending, 0, STRIPE);
    }
    int whole = i + (end - i) / STRIPE * STRIPE;
    stripes(bytes, i, whole);
    filled = end - whole;
    System.arraycopy(bytes, whole, pending, 0, filled);
  }

  private void stripes(byte[] bytes, int from, int to) {
    long v1 = a1;
    long v2 = a2;
    long v3 = a3;
    long v4 = a4;
    for (int i = from; i < to; i += STRIPE) {
      v1 = round(v1, (long) LONGS.get(bytes, i));
      v2 = round(v2, (long) LONGS.get(bytes, i + 8));
      v3 = round(v3, (long) LONGS.get(bytes, i + 16));
      v4 = round(v4, (long) LONGS.get(bytes, i + 24));
    }
    a1 = v1;
    a2 = v2;
    a3 = v3;
    a4 = v4;
  }

  @Override
  public byte[] digest() {
    long h = total < STRIPE ? P5 : merged();
    h += total;
    int i = 0;
    for (; i + 8 <= filled; i += 8) {
      h = Long.rotateLeft(h ^ round(0, (long) LONGS.get(pending, i)), 27) * P1 + P4;
    }
    if (i + 4 <= filled) {
      h = Long.rotateLeft(h ^ ((int) INTS.get(pending, i) & 0xffffffffL) * P1, 23) * P2 + P3;
      i += 4;
    }
    for (; i < filled; i++) {
      h = Long.rotateLeft(h ^ (pending[i] & 0xff) * P5, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return ChecksumAlgorithm.bigEndian(h ^ h >>> 32, Long.BYTES);
  }

  private long merged() {
    long h =
        Long.rotateLeft(a1, 1)
            + Long.rotateLeft(a2, 7)
            + Long.rotateLeft(a3, 12)
            + Long.rotateLeft(a4, 18);
    for (long lane : new long[] {a1, a2, a3, a4}) {
      h = (h ^ round(0, lane)) * P1 + P4;
    }
    return h;
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * P2, 31) * P1;
  }
}
