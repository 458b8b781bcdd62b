package dev.lakebed.storage.checksum;

import java.util.List;

/** The checksum of a multipart object, from those of its parts and without reading them again. */
public final class MultipartChecksum {
  private MultipartChecksum() {}

  /**
   * Type {@code FULL_OBJECT}: the checksum of all bytes in a row.
   *
   * @throws IllegalArgumentException when the algorithm does not allow it, or a part has another
   *     algorithm
   */
  public static ChecksumValue fullObject(ChecksumAlgorithm algorithm, List<PartChecksum> parts) {
    CrcPolynomial polynomial =
        switch (algorithm) {
          case CRC32 -> CrcPolynomial.CRC32;
          case CRC32C -> CrcPolynomial.CRC32C;
          case CRC64NVME -> CrcPolynomial.CRC64NVME;
          case SHA1, SHA256, SHA512, MD5, XXHASH64, XXHASH3, XXHASH128 ->
              throw new IllegalArgumentException(algorithm + " cannot be combined");
        };
    long crc = 0;
    for (PartChecksum part : parts) {
      long next = BigEndian.toLong(bytesOf(algorithm, part.value()));
      crc = polynomial.concatenate(crc, next, part.length());
    }
    return ChecksumValue.of(algorithm, BigEndian.toBytes(crc, algorithm.size()));
  }

  /**
   * Type {@code COMPOSITE}: the checksum of the parts' raw checksums, then {@code -} and their
   * number.
   *
   * @throws IllegalArgumentException when the algorithm does not allow it, or a part has another
   *     algorithm
   */
  public static String composite(ChecksumAlgorithm algorithm, List<ChecksumValue> parts) {
    if (!algorithm.allowsComposite()) {
      throw new IllegalArgumentException(algorithm + " has no composite form");
    }
    Checksum checksum = algorithm.newChecksum();
    for (ChecksumValue part : parts) {
      checksum.update(bytesOf(algorithm, part), 0, algorithm.size());
    }
    return ChecksumValue.of(algorithm, checksum.digest()).base64() + "-" + parts.size();
  }

  private static byte[] bytesOf(ChecksumAlgorithm algorithm, ChecksumValue value) {
    if (value.algorithm() != algorithm) {
      throw new IllegalArgumentException(value.algorithm() + " among parts of " + algorithm);
    }
    return value.bytes();
  }
}
