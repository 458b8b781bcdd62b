package dev.lakebed.storage.blob;

/**
 * How much of a segment is in use, as far as it is known since the store was opened.
 *
 * @param segment number of the segment
 * @param committedBytes data bytes of blobs committed to it
 * @param releasedBytes data bytes of blobs released from it; a blob released twice counts twice
 */
public record SegmentUsage(long segment, long committedBytes, long releasedBytes) {}
