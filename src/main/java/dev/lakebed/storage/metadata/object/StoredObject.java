package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version of an object.
 *
 * @param key any UTF-8 text of 1 to 1024 bytes
 * @param etag without quotes
 * @param lastModified when it was stored, milliseconds
 * @param chunks its bytes in order
 */
public record StoredObject(
    long bucket,
    String key,
    long size,
    String etag,
    Instant lastModified,
    ObjectAttributes attributes,
    Optional<StoredChecksum> checksum,
    List<Chunk> chunks) {
  /** Copies the list. */
  public StoredObject {
    chunks = List.copyOf(chunks);
  }

  /** The same version with other tags. */
  public StoredObject withTags(Map<String, String> tags) {
    ObjectAttributes tagged =
        new ObjectAttributes(attributes.headers(), attributes.userMetadata(), tags);
    return new StoredObject(bucket, key, size, etag, lastModified, tagged, checksum, chunks);
  }

  /**
   * A stretch of an object's bytes.
   *
   * @param partNumber number of the part it was uploaded as; 0 when the object was put in one piece
   */
  public record Chunk(int partNumber, BlobRef ref, Optional<String> checksum) {}

  /**
   * A checksum kept with an object.
   *
   * @param algorithm name as in the S3 API, for example {@code CRC64NVME}
   * @param fullObject whether it is over the whole object, or composed of part checksums
   * @param value Base64, with {@code -N} when composed
   */
  public record StoredChecksum(String algorithm, boolean fullObject, String value) {}

  /**
   * What a client said about an object: headers that come back as sent and user metadata, by
   * lower-cased name without {@code x-amz-meta-}, and tags.
   */
  public record ObjectAttributes(
      Map<String, String> headers, Map<String, String> userMetadata, Map<String, String> tags) {
    /** Copies the maps. */
    public ObjectAttributes {
      headers = Map.copyOf(headers);
      userMetadata = Map.copyOf(userMetadata);
      tags = Map.copyOf(tags);
    }
  }
}
