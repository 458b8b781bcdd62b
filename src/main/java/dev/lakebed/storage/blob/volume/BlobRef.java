package dev.lakebed.storage.blob.volume;

import java.nio.ByteBuffer;

/**
 * Where a blob lies. The binary form is what the metadata store keeps.
 *
 * @param kind whether the blob is a record of a segment or a chunk file of its own
 * @param volume identity of the volume, {@link VolumeIdentity#id}
 * @param file number of the segment or chunk file, unique on the volume
 * @param offset byte offset of the record in the segment; 0 for a chunk file
 * @param length number of data bytes
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
