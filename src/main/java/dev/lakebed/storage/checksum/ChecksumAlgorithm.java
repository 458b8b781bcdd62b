package dev.lakebed.storage.checksum;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The checksum algorithms of S3 (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">AWS,
 * Checking object integrity</a>). Those of the XXH family have seed 0.
 */
public enum ChecksumAlgorithm {
  CRC32(4, true, true),
  CRC32C(4, true, true),
  /** CRC-64/NVME; S3's own choice when a client sends none. */
  CRC64NVME(8, true, false),
  SHA1(20, false, true),
  SHA256(32, false, true),
  SHA512(64, false, true),
  MD5(16, false, true),
  XXHASH64(8, false, true),
  XXHASH3(8, false, true),
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
    return Arrays.stream(values()).filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
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

  public Checksum newChecksum() {
    return switch (this) {
      case CRC32 -> number(new CRC32());
      case CRC32C -> number(new CRC32C());
      case CRC64NVME -> new Crc64Nvme();
      case SHA1 -> digest("SHA-1");
      case SHA256 -> digest("SHA-256");
      case SHA512 -> digest("SHA-512");
      case MD5 -> digest("MD5");
      case XXHASH64 -> stream(Hashing.xxh64());
      case XXHASH3 -> stream(Hashing.xxh3_64());
      case XXHASH128 -> {
        HashStream128 stream = Hashing.xxh3_128().hashStream();
        yield new Started(stream::putBytes, () -> bigEndian(stream.get()));
      }
    };
  }

  private Checksum stream(Hasher64 hasher) {
    HashStream64 stream = hasher.hashStream();
    return new Started(stream::putBytes, () -> bigEndian(stream.getAsLong(), size));
  }

  private Checksum number(java.util.zip.Checksum state) {
    return new Started(state::update, () -> bigEndian(state.getValue(), size));
  }

  private static Checksum digest(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      return new Started(digest::update, digest::digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("the Java runtime lacks " + name, missing);
    }
  }

  private static byte[] bigEndian(HashValue128 value) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }

  /** The lowest {@code size} bytes of a number, most significant byte first. */
  static byte[] bigEndian(long value, int size) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Arrays.copyOfRange(bytes, Long.BYTES - size, Long.BYTES);
  }

  private record Started(Sink sink, Supplier<byte[]> value) implements Checksum {
    @FunctionalInterface
    private interface Sink {
      void update(byte[] bytes, int offset, int length);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      sink.update(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      return value.get();
    }
  }

  public ChecksumValue of(byte[] bytes) {
    Checksum checksum = newChecksum();
    checksum.update(bytes, 0, bytes.length);
    return ChecksumValue.of(this, checksum.digest());
  }
}
