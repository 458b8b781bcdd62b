package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import dev.lakebed.storage.blob.volume.VolumeDirectory.FileNumbers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Finds damaged heads of segments, says so, and writes them again. Reading does not need them, so
 * this only tells the operator that the disk forgets, and keeps the format's promise to others.
 */
public record SegmentHeads(FileLayer files, VolumeDirectory directory, VolumeIdentity identity) {
  private static final System.Logger LOG = System.getLogger(SegmentHeads.class.getName());
  private static final int NAMED = 10;

  /** Looks at every segment that no writer has open: those of earlier openings. */
  public void check() throws IOException {
    Iterator<Long> numbers =
        VolumeDirectory.numbers(files.list(directory.segments()))
            .filter(number -> FileNumbers.epochOf(number) < identity.epoch())
            .iterator();
    int damaged = 0;
    while (numbers.hasNext() && !Thread.currentThread().isInterrupted()) {
      long number = numbers.next();
      String finding = check(number);
      if (!finding.isEmpty() && ++damaged <= NAMED) {
        LOG.log(Level.WARNING, finding);
      }
    }
    if (damaged > NAMED) {
      LOG.log(Level.WARNING, "{0} more segments have a damaged head", damaged - NAMED);
    }
  }

  /** What is wrong with a head, in words; empty when nothing is. */
  private String check(long number) {
    Path path = directory.segment(number);
    try (StorageFile file = files.openForReading(path)) {
      StoredHead head = StoredHead.read(file, identity.uuid(), number);
      if (head.isWhole()) {
        return "";
      }
      boolean proven = new SegmentScan(file, head.header()).run(blob -> {}) > SegmentHeader.BYTES;
      return proven ? mended(path, head) : "no head and no record of segment " + path;
    } catch (NoSuchFileException | ClosedByInterruptException removedOrClosing) {
      return "";
    } catch (IOException e) {
      return "cannot read the head of segment " + path + ": " + e.getMessage();
    }
  }

  /** Writes the head again, of a segment in which records were found; what to say of it. */
  String mended(Path path, StoredHead head) {
    String damage = "segment " + path + " was damaged, " + head.damage();
    try (StorageFile file = files.openForWriting(path)) {
      head.mend(file);
      return damage + ": written again, its records have checksums of their own";
    } catch (IOException e) {
      return damage + ": its records are read without it; cannot write it again: " + e;
    }
  }
}
