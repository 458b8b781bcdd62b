package dev.lakebed.storage.checksum;

/** Numbers of up to eight bytes, most significant byte first. */
final class BigEndian {
  private BigEndian() {}

  static byte[] toBytes(long value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (8 * (size - 1 - i)));
    }
    return bytes;
  }

  static long toLong(byte[] bytes) {
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | (b & 0xff);
    }
    return value;
  }
}
