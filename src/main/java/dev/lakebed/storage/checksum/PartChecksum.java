package dev.lakebed.storage.checksum;

/**
 * The checksum of one part of an object.
 *
 * @param value checksum of the part's bytes
 * @param length number of bytes of the part
 */
public record PartChecksum(ChecksumValue value, long length) {
  /** Checks that the length is not negative. */
  public PartChecksum {
    if (length < 0) {
      throw new IllegalArgumentException("negative part length");
    }
  }
}
