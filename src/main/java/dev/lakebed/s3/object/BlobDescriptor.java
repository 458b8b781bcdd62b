package dev.lakebed.s3.object;

import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a blob says about itself: enough to ask the metadata whether it is named, and to rebuild the
 * catalogue from volumes alone.
 *
 * @param bucketName its name when the blob was written
 * @param part the part of an upload that the blob is; empty when it is a whole object
 * @param etag hexadecimal MD5
 * @param attributes what the client said; empty for a part, whose upload holds them
 */
public record BlobDescriptor(
    long bucket,
    String bucketName,
    String key,
    Optional<PartOf> part,
    long size,
    String etag,
    Optional<StoredChecksum> checksum,
    ObjectAttributes attributes,
    Instant time) {
  /** Attributes of a part. */
  public static final ObjectAttributes NO_ATTRIBUTES =
      new ObjectAttributes(Map.of(), Map.of(), Map.of());

  private static final int VERSION = 1;

  /** Which part of which upload. {@code number} is 1 to 10000. */
  public record PartOf(String uploadId, int number) {}

  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(bucket);
      write(out, bucketName);
      write(out, key);
      write(out, part.map(PartOf::uploadId).orElse(""));
      out.writeShort(part.map(PartOf::number).orElse(0));
      out.writeLong(size);
      write(out, etag);
      write(out, checksum.map(StoredChecksum::algorithm).orElse(""));
      out.writeBoolean(checksum.map(StoredChecksum::fullObject).orElse(false));
      write(out, checksum.map(StoredChecksum::value).orElse(""));
      write(out, attributes.headers());
      write(out, attributes.userMetadata());
      write(out, attributes.tags());
      out.writeLong(time.toEpochMilli());
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote, or fails with IllegalArgumentException when it is no
   * descriptor.
   */
  public static BlobDescriptor decode(byte[] encoded) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      if (in.readByte() != VERSION) {
        throw new IllegalArgumentException("unknown version of a blob descriptor");
      }
      long bucket = in.readLong();
      String bucketName = read(in);
      String key = read(in);
      String uploadId = read(in);
      int number = in.readUnsignedShort();
      long size = in.readLong();
      String etag = read(in);
      String algorithm = read(in);
      boolean fullObject = in.readBoolean();
      String value = read(in);
      ObjectAttributes attributes = new ObjectAttributes(readMap(in), readMap(in), readMap(in));
      return new BlobDescriptor(
          bucket,
          bucketName,
          key,
          number == 0 ? Optional.empty() : Optional.of(new PartOf(uploadId, number)),
          size,
          etag,
          algorithm.isEmpty()
              ? Optional.empty()
              : Optional.of(new StoredChecksum(algorithm, fullObject, value)),
          attributes,
          Instant.ofEpochMilli(in.readLong()));
    } catch (IOException cut) {
      throw new IllegalArgumentException("the blob descriptor is cut short", cut);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(utf8.length);
    out.write(utf8);
  }

  private static String read(DataInputStream in) throws IOException {
    byte[] utf8 = new byte[in.readUnsignedShort()];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeShort(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      write(out, entry.getKey());
      write(out, entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    int size = in.readUnsignedShort();
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(read(in), read(in));
    }
    return map;
  }
}
