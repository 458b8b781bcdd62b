package dev.lakebed.storage.checksum;

/**
 * Arithmetic modulo the polynomial of a reflected CRC whose start value and final XOR are all ones.
 * In the reflected form the highest bit stands for x^0.
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
