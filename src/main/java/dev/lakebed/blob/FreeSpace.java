package dev.lakebed.blob;

import java.io.IOException;

/** Keeps a reserve of free space on a volume. */
final class FreeSpace {
  private final FileLayer files;
  private final VolumeDirectory directory;
  private final long reserveBytes;

  FreeSpace(FileLayer files, VolumeDirectory directory, long reserveBytes) {
    this.files = files;
    this.directory = directory;
    this.reserveBytes = reserveBytes;
  }

  /** Refuses while less than the reserve is free. */
  void require() throws IOException {
    long free = free();
    if (free < reserveBytes) {
      throw new VolumeUnavailableException(
          "volume "
              + directory.volume()
              + " is full: "
              + free
              + " bytes free, "
              + reserveBytes
              + " are kept in reserve");
    }
  }

  private long free() throws IOException {
    try {
      return files.usableSpace(directory.root());
    } catch (IOException e) {
      throw Refusals.ofWrite(directory.volume(), e);
    }
  }

  /** Whether so many bytes may be taken in advance. */
  boolean allows(long bytes) throws IOException {
    return files.usableSpace(directory.root()) - bytes >= reserveBytes;
  }
}
