package dev.lakebed.storage.metadata;

import java.time.Instant;
import java.util.Optional;

/**
 * A multipart upload.
 *
 * @param id opaque, URL-safe upload id
 * @param initiatorArn who began it
 * @param checksumAlgorithm algorithm fixed at creation
 * @param fullObjectChecksum whether the final checksum is over the whole object
 * @param completed result, kept for a while after completion so that a repeated Complete answers
 *     the same
 */
public record Upload(
    String id,
    long bucket,
    String key,
    Instant initiatedAt,
    String initiatorArn,
    ObjectAttributes attributes,
    Optional<String> checksumAlgorithm,
    boolean fullObjectChecksum,
    Optional<StoredObject> completed) {}
