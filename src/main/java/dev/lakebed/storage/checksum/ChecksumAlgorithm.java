package dev.lakebed.storage.checksum;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The checksum algorithms of S3.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">AWS,
 *     Checking object integrity</a>
 */
public enum ChecksumAlgorithm {
  /** CRC-32 of zlib. */
  CRC32(4, true, true),
  /** CRC-32C (Castagnoli). */
  CRC32C(4, true, true),
  /** CRC-64/NVME; S3's own choice when a client sends none. */
  CRC64NVME(8, true, false),
  /** SHA-1. */
  SHA1(20, false, true),
  /** SHA-256. */
  SHA256(32, false, true),
  /** SHA-512. */
  SHA512(64, false, true),
  /** MD5. */
  MD5(16, false, true),
  /** XXH64 with seed 0. */
  XXHASH64(8, false, true),
  /** XXH3, 64 bits, seed 0. */
  XXHASH3(8, false, true),
  /** XXH3, 128 bits, seed 0. */
  XXHASH128(16, false, true);

  private static final String PREFIX = "x-amz-checksum-";

  private final String header;
  private final int size;
  private final boolean fullObject;
  private final boolean composite;

  ChecksumAlgorithm(int size, boolean fullObject, boolean composite) {
    this.header = PREFIX + name().toLowerCase(Locale.ROOT);
    this.size = size;
    this.fullObject = fullObject;
    this.composite = composite;
  }

  /** The algorithm that {@code x-amz-checksum-algorithm} names; letter case does not matter. */
  public static Optional<ChecksumAlgorithm> ofName(String name) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.name().equalsIgnoreCase(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The algorithm whose value the header carries; letter case does not matter. */
  public static Optional<ChecksumAlgorithm> ofHeader(String header) {
    return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        ? ofName(header.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** Name of the header and trailer with its value, in lower case. */
  public String header() {
    return header;
  }

  /** Size of a value in bytes. */
  public int size() {
    return size;
  }

  /** Whether a multipart upload may have the checksum type {@code FULL_OBJECT}. */
  public boolean allowsFullObject() {
    return fullObject;
  }

  /** Whether a multipart upload may have the checksum type {@code COMPOSITE}. */
  public boolean allowsComposite() {
    return composite;
  }

  /** Starts a checksum. */
  public Checksum newChecksum() {
    return switch (this) {
      case CRC32 -> new LongChecksum(new CRC32(), size);
      case CRC32C -> new LongChecksum(new CRC32C(), size);
      case CRC64NVME -> new LongChecksum(new Crc64Nvme(), size);
      case SHA1 -> new DigestChecksum("SHA-1");
      case SHA256 -> new DigestChecksum("SHA-256");
      case SHA512 -> new DigestChecksum("SHA-512");
      case MD5 -> new DigestChecksum("MD5");
      case XXHASH64 -> new LongChecksum(new XxHash64(), size);
      case XXHASH3 -> new XxHash3(Hashing.xxh3_64());
      case XXHASH128 -> new XxHash128(Hashing.xxh3_128());
    };
  }

  /** The checksum of bytes in memory. */
  public ChecksumValue of(byte[] bytes) {
    Checksum checksum = newChecksum();
    checksum.update(bytes, 0, bytes.length);
    return ChecksumValue.of(this, checksum.digest());
  }
}
