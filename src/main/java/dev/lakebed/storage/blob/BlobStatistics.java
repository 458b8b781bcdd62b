package dev.lakebed.storage.blob;

/**
 * Counts since the store was opened.
 *
 * @param commitGroups groups of records made durable with one call each
 * @param commitRecords records in these groups
 */
public record BlobStatistics(long commitGroups, long commitRecords) {}
