package dev.lakebed.storage.blob.volume;

import java.nio.file.Path;

/**
 * Where blobs lie and every limit of the store.
 *
 * @param data data directory of the server; volumes are under {@code volumes/}
 * @param blockBytes bytes that one checksum covers; a power of two from 4 KiB to 1 MiB
 * @param smallBlobBytes blobs up to this length become records of a segment, longer ones files
 * @param bufferBytes memory for blobs that are not on disk yet, all together
 * @param reserveBytes free space below which writes are refused
 * @param syncBytes a long blob is brought to disk in steps of this many bytes while it arrives
 * @param groupRecords records that may wait for, and go into, one commit
 * @param openFiles files kept open for reading
 */
public record VolumeSettings(
    Path data,
    int blockBytes,
    int smallBlobBytes,
    long segmentBytes,
    long bufferBytes,
    long reserveBytes,
    long syncBytes,
    int groupRecords,
    int openFiles) {
  public static final int MAX_DESCRIPTOR_BYTES = 64 * 1024;

  private static final int KIB = 1024;
  private static final long MIB = 1024L * 1024;

  public VolumeSettings {
    require(Integer.bitCount(blockBytes) == 1, "block size must be a power of two");
    require(blockBytes >= 4 * KIB && blockBytes <= MIB, "block size must be 4 KiB to 1 MiB");
    require(smallBlobBytes >= 0 && smallBlobBytes <= 16 * MIB, "small blobs end at 16 MiB");
    require(
        segmentBytes >= 2L * (smallBlobBytes + MAX_DESCRIPTOR_BYTES) && segmentBytes <= 1024 * MIB,
        "a segment must hold two small blobs and be at most 1 GiB");
    require(bufferBytes >= blockBytes, "the buffer budget must hold one block");
    require(reserveBytes >= 0, "the reserve must not be negative");
    require(syncBytes >= blockBytes, "the sync step must be at least one block");
    require(groupRecords >= 1 && groupRecords <= 65536, "groups hold 1 to 65536 records");
    require(openFiles >= 1, "at least one file must be kept open");
  }

  /** Settings for most servers; the buffer budget is 64 MiB or an eighth of the heap. */
  public static VolumeSettings defaults(Path data) {
    long budget = Math.min(64 * MIB, Runtime.getRuntime().maxMemory() / 8);
    return new VolumeSettings(
        data, 16 * KIB, 256 * KIB, 64 * MIB, budget, 512 * MIB, 8 * MIB, 1024, 512);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
