package dev.lakebed.storage.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME (NVM Express NVM Command Set 1.0, section 5.2.1.3.4), sixteen bytes a step through
 * sixteen tables.
 */
final class Crc64Nvme implements Checksum {
  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Row k holds the CRC of each byte followed by k zero bytes; rows stand one after another. */
  private static final long[] TABLE = table();

  private long crc = -1L;

  private static long[] table() {
    long[] table = new long[16 * 256];
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
      table[b] = crc;
    }
    for (int i = 256; i < table.length; i++) {
      long shorter = table[i - 256];
      table[i] = (shorter >>> 8) ^ table[(int) shorter & 0xff];
    }
    return table;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    long c = crc;
    long[] t = TABLE;
    for (; i <= end - 16; i += 16) {
      long low = (long) LONGS.get(bytes, i) ^ c;
      long high = (long) LONGS.get(bytes, i + 8);
      c =
          t[15 * 256 + (int) (low & 0xff)]
              ^ t[14 * 256 + (int) (low >>> 8 & 0xff)]
              ^ t[13 * 256 + (int) (low >>> 16 & 0xff)]
              ^ t[12 * 256 + (int) (low >>> 24 & 0xff)]
              ^ t[11 * 256 + (int) (low >>> 32 & 0xff)]
              ^ t[10 * 256 + (int) (low >>> 40 & 0xff)]
              ^ t[9 * 256 + (int) (low >>> 48 & 0xff)]
              ^ t[8 * 256 + (int) (low >>> 56)]
              ^ t[7 * 256 + (int) (high & 0xff)]
              ^ t[6 * 256 + (int) (high >>> 8 & 0xff)]
              ^ t[5 * 256 + (int) (high >>> 16 & 0xff)]
              ^ t[4 * 256 + (int) (high >>> 24 & 0xff)]
              ^ t[3 * 256 + (int) (high >>> 32 & 0xff)]
              ^ t[2 * 256 + (int) (high >>> 40 & 0xff)]
              ^ t[256 + (int) (high >>> 48 & 0xff)]
              ^ t[(int) (high >>> 56)];
    }
    for (; i < end; i++) {
      c = (c >>> 8) ^ t[(int) (c ^ bytes[i]) & 0xff];
    }
    crc = c;
  }

  @Override
  public byte[] digest() {
    return ChecksumAlgorithm.bigEndian(~crc, Long.BYTES);
  }
}
