package dev.lakebed.storage.checksum;

import java.math.BigInteger;
import java.util.List;

/** The checksum of a multipart object, from those of its parts and without reading them again. */
public final class MultipartChecksum {
  private MultipartChecksum() {}

  /**
   * Type {@code FULL_OBJECT}: the checksum of all bytes in a row. Refuses other algorithms and
   * parts.
   */
  public static ChecksumValue fullObject(ChecksumAlgorithm algorithm, List<PartChecksum> parts) {
    if (!algorithm.allowsFullObject()) {
      throw new IllegalArgumentException(algorithm + " cannot be combined");
    }
    CrcPolynomial polynomial = CrcPolynomial.valueOf(algorithm.name());
    long crc = 0;
    for (PartChecksum part : parts) {
      long next = new BigInteger(1, bytesOf(algorithm, part.value())).longValue();
      crc = polynomial.concatenate(crc, next, part.length());
    }
    return ChecksumValue.of(algorithm, ChecksumAlgorithm.bigEndian(crc, algorithm.size()));
  }

  /**
   * Type {@code COMPOSITE}: the checksum of the parts' raw checksums, then {@code -} and their
   * number. Refuses other algorithms and parts.
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

  /** The checksum of a part that has so many bytes. */
  public record PartChecksum(ChecksumValue value, long length) {
    public PartChecksum {
      if (length < 0) {
        throw new IllegalArgumentException("negative part length");
      }
    }
  }

  /**
   * Arithmetic modulo the polynomial of a reflected CRC whose start value and final XOR are all
   * ones. In the reflected form the highest bit stands for x^0.
   */
  enum CrcPolynomial {
    CRC32(0xEDB88320L, 32),
    CRC32C(0x82F63B78L, 32),
    CRC64NVME(0x9A6C9329AC4BC9B5L, 64);

    private final long polynomial;
    private final long one;

    CrcPolynomial(long polynomial, int width) {
      this.polynomial = polynomial;
      this.one = 1L << (width - 1);
    }

    /** The CRC of A followed by B: CRC(A) times x^(8 |B|), plus CRC(B). */
    long concatenate(long crcOfA, long crcOfB, long lengthOfB) {
      return multiply(powerOfX8(lengthOfB), crcOfA) ^ crcOfB;
    }

    private long powerOfX8(long exponent) {
      long power = one;
      long square = one >>> 8;
      for (long rest = exponent; rest != 0; rest >>>= 1) {
        if ((rest & 1) != 0) {
          power = multiply(power, square);
        }
        square = multiply(square, square);
      }
      return power;
    }

    private long multiply(long a, long b) {
      long product = 0;
      long shifted = b;
      for (long bit = one; bit != 0; bit >>>= 1) {
        if ((a & bit) != 0) {
          product ^= shifted;
        }
        shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
      }
      return product;
    }
  }
}
