package dev.lakebed.storage.metadata.tables;

import java.util.UUID;

/**
 * A dropped table whose files are not all gone.
 *
 * @param id id the table had
 * @param bucket number of the table bucket
 * @param location key prefix of its files without trailing slash; still reserved
 */
public record DroppedTable(UUID id, long bucket, String location) {}
