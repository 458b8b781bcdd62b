package dev.lakebed.storage.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version of an object.
 *
 * @param bucket number of the bucket
 * @param key key; any UTF-8 text of 1 to 1024 bytes
 * @param size bytes
 * @param etag entity tag without quotes
 * @param lastModified when it was stored, milliseconds
 * @param attributes headers, user metadata, tags
 * @param checksum its checksum
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
}
