package dev.lakebed.storage.checksum;

import java.util.Base64;
import java.util.Optional;

/** A checksum as a header carries it: the big-endian bytes in Base64 with padding. */
public record ChecksumValue(ChecksumAlgorithm algorithm, String base64) {
  /** Refuses what is not canonical Base64 of the algorithm's size. */
  public ChecksumValue {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length != algorithm.size()) {
      throw new IllegalArgumentException(
          "%s has %d bytes, not %d".formatted(algorithm, algorithm.size(), bytes.length));
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("not canonical Base64");
    }
  }

  public static ChecksumValue of(ChecksumAlgorithm algorithm, byte[] bytes) {
    return new ChecksumValue(algorithm, Base64.getEncoder().encodeToString(bytes));
  }

  /** The checksum that a client wrote; empty when it is none of that algorithm. */
  public static Optional<ChecksumValue> parse(ChecksumAlgorithm algorithm, String base64) {
    try {
      return Optional.of(new ChecksumValue(algorithm, base64));
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }
}
