package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.OptionalLong;

/** Shows everything that lies on a volume. */
public final class VolumeScan {
  private static final System.Logger LOG = System.getLogger(VolumeScan.class.getName());

  private final FileLayer files;
  private final VolumeDirectory directory;
  private final VolumeIdentity identity;

  public VolumeScan(FileLayer files, VolumeDirectory directory, VolumeIdentity identity) {
    this.files = files;
    this.directory = directory;
    this.identity = identity;
  }

  public void run(BlobVisitor visitor) throws IOException {
    for (String name : files.list(directory.segments())) {
      OptionalLong number = VolumeDirectory.number(name);
      if (number.isPresent()) {
        segment(number.getAsLong(), visitor);
      }
    }
    for (int low = 0; low < VolumeDirectory.FANOUT; low++) {
      for (String name : files.list(directory.chunks(low))) {
        OptionalLong number = VolumeDirectory.number(name);
        if (number.isPresent()) {
          chunk(number.getAsLong(), visitor);
        }
      }
    }
  }

  private void segment(long number, BlobVisitor visitor) throws IOException {
    try (StorageFile file = files.openForReading(directory.segment(number))) {
      new SegmentScan(file, StoredHead.read(file, identity.uuid(), number).header()).run(visitor);
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "segment removed meanwhile", e);
    } catch (CorruptBlobException e) {
      LOG.log(Level.ERROR, "cannot read " + directory.segment(number), e);
    }
  }

  private void chunk(long number, BlobVisitor visitor) throws IOException {
    try (StorageFile file = files.openForReading(directory.chunk(number))) {
      visitor.visit(new ChunkFileScan(file, identity.id(), number).blob());
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "chunk removed meanwhile", e);
    }
  }

  /** Is shown every blob of a volume, whether metadata names it or not. */
  @FunctionalInterface
  public interface BlobVisitor {
    /** Shows one blob; an exception ends the scan. */
    void visit(StoredBlob blob) throws IOException;
  }

  /**
   * A blob found by reading a volume.
   *
   * @param ref where it lies; of length 0 when a chunk file has no valid end
   * @param descriptor what was given at commit, read-only; empty when it is damaged
   * @param intact whether data, checksums and descriptor are all as they were written
   */
  public record StoredBlob(BlobRef ref, ByteBuffer descriptor, boolean intact) {
    static StoredBlob of(BlobRef ref, ByteBuffer descriptor, boolean described, boolean intact) {
      ByteBuffer shown = described ? descriptor : ByteBuffer.allocate(0);
      return new StoredBlob(ref, shown.asReadOnlyBuffer(), described && intact);
    }
  }
}
