package dev.lakebed.storage.blob.volume;

import dev.lakebed.limit.TokenBucket;
import java.io.IOException;

/** Keeps a reserve of free space on a volume. */
public final class FreeSpace {
  private static final System.Logger LOG = System.getLogger(FreeSpace.class.getName());
  private static final double LINES_PER_SECOND = 1d / 60;
  private static final long MIB = 1 << 20;

  private final FileLayer files;
  private final VolumeDirectory directory;
  private final long reserveBytes;
  private final TokenBucket lines = new TokenBucket(LINES_PER_SECOND, 1, System::nanoTime);

  public FreeSpace(FileLayer files, VolumeDirectory directory, long reserveBytes) {
    this.files = files;
    this.directory = directory;
    this.reserveBytes = reserveBytes;
  }

  /** Refuses while less than the reserve is free, and says so in the log once a minute. */
  public void require() throws IOException {
    long free = free();
    if (free < reserveBytes) {
      if (lines.permit() >= 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "%s takes no writes: %d MiB are free, and the last %d MiB are kept in reserve"
                .formatted(directory.root(), free / MIB, reserveBytes / MIB));
      }
      throw new VolumeUnavailableException(
          "volume %d is full: %d bytes free, %d are kept in reserve"
              .formatted(directory.volume(), free, reserveBytes));
    }
  }

  private long free() throws IOException {
    try {
      return files.usableSpace(directory.root());
    } catch (IOException e) {
      throw VolumeUnavailableException.ofWrite(directory.volume(), e);
    }
  }

  /** Whether so many bytes may be taken in advance. */
  public boolean allows(long bytes) throws IOException {
    return files.usableSpace(directory.root()) - bytes >= reserveBytes;
  }
}
