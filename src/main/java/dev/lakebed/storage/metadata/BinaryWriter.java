package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the compact binary form of values that the database only keeps. */
public final class BinaryWriter {
  private byte[] bytes = new byte[128];
  private int length;

  public BinaryWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  public BinaryWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  public BinaryWriter flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  public BinaryWriter optionalText(Optional<String> value) {
    flag(value.isPresent());
    value.ifPresent(this::text);
    return this;
  }

  public BinaryWriter map(Map<String, String> map) {
    number(map.size());
    map.forEach((name, value) -> text(name).text(value));
    return this;
  }

  public BinaryWriter ref(BlobRef ref) {
    reserve(BlobRef.ENCODED_BYTES);
    ref.encode(ByteBuffer.wrap(bytes, length, BlobRef.ENCODED_BYTES));
    length += BlobRef.ENCODED_BYTES;
    return this;
  }

  public byte[] toBytes() {
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

  /** Reads what {@link BinaryWriter} wrote; anything else ends in an unchecked exception. */
  public static final class BinaryReader {
    private final ByteBuffer in;

    public BinaryReader(byte[] bytes) {
      this.in = ByteBuffer.wrap(bytes);
    }

    public long number() {
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

    public int count() {
      long value = number();
      if (value < 0 || value > in.remaining()) {
        throw new IllegalArgumentException("count out of range");
      }
      return (int) value;
    }

    public String text() {
      int length = count();
      int start = in.position();
      in.position(start + length);
      return new String(in.array(), start, length, StandardCharsets.UTF_8);
    }

    public boolean flag() {
      return in.get() != 0;
    }

    public Optional<String> optionalText() {
      return flag() ? Optional.of(text()) : Optional.empty();
    }

    public Map<String, String> map() {
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

    public BlobRef ref() {
      return BlobRef.decode(in);
    }

    /** Refuses a form that a later Lakebed wrote. */
    public BinaryReader version(int known) {
      long found = number();
      if (found != known) {
        throw new IllegalArgumentException("unknown form " + found);
      }
      return this;
    }
  }
}
