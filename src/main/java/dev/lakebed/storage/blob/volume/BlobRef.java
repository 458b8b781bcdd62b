package dev.lakebed.storage.blob.volume;

import java.nio.ByteBuffer;

/**
 * Where a blob lies: on the volume of that {@link VolumeIdentity#id}, in the file of that number,
 * at an offset of a segment or, then 0, of a chunk file. Metadata keeps the binary form.
 */
public record BlobRef(Kind kind, long volume, long file, long offset, long length) {
  public static final int ENCODED_BYTES = 1 + 8 + 8 + 8 + 8;

  /** A record in a shared, append-only segment, or a file of its own. */
  public enum Kind {
    SEGMENT(1),
    CHUNK(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    private static Kind of(int code) {
      return switch (code) {
        case 1 -> SEGMENT;
        case 2 -> CHUNK;
        default -> throw new IllegalArgumentException("unknown kind of blob");
      };
    }
  }

  public BlobRef {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("blob reference out of range");
    }
  }

  public static BlobRef chunk(long volume, long file, long length) {
    return new BlobRef(Kind.CHUNK, volume, file, 0, length);
  }

  public void encode(ByteBuffer out) {
    out.put((byte) kind.code).putLong(volume).putLong(file).putLong(offset);
    out.putLong(length);
  }

  /** Reads what {@link #encode} wrote; anything else ends in an unchecked exception. */
  public static BlobRef decode(ByteBuffer in) {
    return new BlobRef(Kind.of(in.get()), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
