package dev.lakebed.storage.metadata;

/**
 * Counts since the database was opened.
 *
 * @param operations reads and transactions, failed ones too
 * @param nanos time they took, waiting for a connection included
 */
public record DatabaseStatistics(long operations, long nanos) {}
