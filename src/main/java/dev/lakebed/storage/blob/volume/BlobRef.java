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
  /** Bytes that {@link #encode} takes. */
  public static final int ENCODED_BYTES = 1 + 8 + 8 + 8 + 8;

  /** How a blob is stored. */
  public enum Kind {
    /** A record in a shared, append-only segment. */
    SEGMENT(1),
    /** A file of its own. */
    CHUNK(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** First byte of the binary form. */
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

  /** Rejects negative places. */
  public BlobRef {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("blob reference out of range");
    }
  }

  /** Appends the binary form to {@code out}. */
  public void encode(ByteBuffer out) {
    out.put((byte) kind.code).putLong(volume).putLong(file).putLong(offset);
    out.putLong(length);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it is not a reference
   */
  public static BlobRef decode(ByteBuffer in) {
    return new BlobRef(Kind.of(in.get()), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
