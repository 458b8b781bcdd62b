package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Writes the compact binary form of values that the database only keeps. */
final class BinaryWriter {
  private byte[] bytes = new byte[128];
  private int length;

  BinaryWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  BinaryWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  BinaryWriter flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  BinaryWriter optionalText(Optional<String> value) {
    flag(value.isPresent());
    value.ifPresent(this::text);
    return this;
  }

  BinaryWriter map(Map<String, String> map) {
    number(map.size());
    map.forEach((name, value) -> text(name).text(value));
    return this;
  }

  BinaryWriter ref(BlobRef ref) {
    reserve(BlobRef.ENCODED_BYTES);
    ref.encode(ByteBuffer.wrap(bytes, length, BlobRef.ENCODED_BYTES));
    length += BlobRef.ENCODED_BYTES;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private BinaryWriter octet(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
