package dev.lakebed.storage.checksum;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import java.nio.ByteBuffer;

/** XXH3 with 128 bits. */
final class XxHash128 implements Checksum {
  private final HashStream128 stream;

  XxHash128(Hasher128 hasher) {
    stream = hasher.hashStream();
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    stream.putBytes(bytes, offset, length);
  }

  @Override
  public byte[] digest() {
    HashValue128 value = stream.get();
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }
}
