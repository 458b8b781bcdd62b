package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import dev.lakebed.storage.blob.volume.VolumeDirectory.FileNumbers;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import dev.lakebed.storage.blob.volume.VolumeScan.ChunkFileScan;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Cleans up what a crash left. Its work is bounded by what was under way, not by what is stored:
 * the newest segments of the last run, and chunks that were never confirmed.
 */
record Recovery(FileLayer files, VolumeDirectory directory, VolumeIdentity identity) {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  /** The active segment, the prepared one, and one that a failure retired. */
  private static final int SEGMENTS = 3;

  /** Gives back what is behind the last record; a torn tail is harmless, but takes space. */
  void cutSegments() throws IOException {
    List<Long> newest =
        VolumeDirectory.numbers(files.list(directory.segments()))
            .filter(number -> FileNumbers.epochOf(number) == identity.epoch())
            .sorted((a, b) -> Long.compareUnsigned(b, a))
            .limit(SEGMENTS)
            .toList();
    for (long number : newest) {
      if (!cut(number)) {
        files.deleteIfExists(directory.segment(number));
      }
    }
  }

  private boolean cut(long number) throws IOException {
    Path path = directory.segment(number);
    try (StorageFile file = files.openForWriting(path)) {
      StoredHead head = StoredHead.read(file, identity.uuid(), number);
      long size = file.size();
      long end = new SegmentScan(file, head.header()).run(blob -> {});
      if (end == SegmentHeader.BYTES) {
        return isUnknown(head, path, size);
      }
      if (end < size) {
        LOG.log(Level.INFO, "cutting {0} at {1}", path, end);
        file.truncate(end);
      }
      if (!head.isWhole()) {
        LOG.log(Level.WARNING, new SegmentHeads(files, directory, identity).mended(path, head));
      }
    } catch (CorruptBlobException e) {
      LOG.log(Level.ERROR, "keeping a file that is not the segment of its name: " + path, e);
    }
    return true;
  }

  /** The head is durable before anything is written behind it, so one without ends there. */
  private static boolean isUnknown(StoredHead head, Path path, long size) {
    if (head.isWhole() || size <= SegmentHeader.BYTES) {
      return false;
    }
    LOG.log(Level.ERROR, "keeping {0}, which has neither a head nor a record of a segment", path);
    return true;
  }

  /** Confirms chunks that metadata names and removes all others. */
  void sortIncoming(OrphanCheck check) throws IOException {
    for (String name : files.list(directory.incoming())) {
      Optional<Long> number = VolumeDirectory.number(name);
      if (number.isEmpty()) {
        LOG.log(Level.WARNING, "unknown file {0} in {1}", name, directory.incoming());
      } else if (isNamed(number.get(), check)) {
        files.rename(directory.incoming(number.get()), directory.chunk(number.get()));
      } else {
        files.deleteIfExists(directory.incoming(number.get()));
      }
    }
  }

  private boolean isNamed(long number, OrphanCheck check) throws IOException {
    try (StorageFile file = files.openForReading(directory.incoming(number))) {
      ChunkFileScan scan = new ChunkFileScan(file, identity.id(), number);
      Optional<RecordFrame> frame = scan.frame();
      if (frame.isEmpty()) {
        return false;
      }
      Optional<byte[]> descriptor = scan.descriptor(frame.get());
      return descriptor.isPresent() && check.isNamed(scan.ref(frame.get()), descriptor.get());
    }
  }
}
