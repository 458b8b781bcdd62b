package dev.lakebed.storage.checksum;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hasher64;

/** XXH3 with 64 bits. */
final class XxHash3 implements Checksum {
  private final HashStream64 stream;

  XxHash3(Hasher64 hasher) {
    stream = hasher.hashStream();
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    stream.putBytes(bytes, offset, length);
  }

  @Override
  public byte[] digest() {
    return BigEndian.toBytes(stream.getAsLong(), Long.BYTES);
  }
}
