package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.time.Instant;
import java.util.Optional;

/**
 * An uploaded part.
 *
 * @param number 1 to 10000
 * @param etag hexadecimal MD5 without quotes
 * @param checksum Base64 checksum in the upload's algorithm
 */
public record Part(
    int number,
    long size,
    String etag,
    Instant lastModified,
    Optional<String> checksum,
    BlobRef ref) {}
