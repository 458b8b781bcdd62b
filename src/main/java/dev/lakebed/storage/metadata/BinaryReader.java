package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link BinaryWriter} wrote; anything else ends in an unchecked exception. */
final class BinaryReader {
  private final ByteBuffer in;

  BinaryReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number too long");
  }

  int count() {
    long value = number();
    if (value < 0 || value > in.remaining()) {
      throw new IllegalArgumentException("count out of range");
    }
    return (int) value;
  }

  String text() {
    int length = count();
    int start = in.position();
    in.position(start + length);
    return new String(in.array(), start, length, StandardCharsets.UTF_8);
  }

  boolean flag() {
    return in.get() != 0;
  }

  Optional<String> optionalText() {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  Map<String, String> map() {
    int size = count();
    if (size == 0) {
      return Map.of();
    }
    Map<String, String> map = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      map.put(text(), text());
    }
    return map;
  }

  BlobRef ref() {
    return BlobRef.decode(in);
  }

  /** Refuses a form that a later Lakebed wrote. */
  BinaryReader version(int known) {
    long found = number();
    if (found != known) {
      throw new IllegalArgumentException("unknown form " + found);
    }
    return this;
  }
}
