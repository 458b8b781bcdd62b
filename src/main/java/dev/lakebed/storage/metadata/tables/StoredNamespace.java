package dev.lakebed.storage.metadata.tables;

import java.time.Instant;
import java.util.UUID;

/**
 * A namespace of a table bucket.
 *
 * @param id never used again
 * @param bucket number of the table bucket
 * @param name its name, unique in the bucket
 * @param createdAt milliseconds
 * @param createdBy account of the caller
 */
public record StoredNamespace(
    UUID id, long bucket, String name, Instant createdAt, String createdBy) {}
