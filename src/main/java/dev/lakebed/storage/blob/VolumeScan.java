package dev.lakebed.storage.blob;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.OptionalLong;

/** Shows everything that lies on a volume. */
final class VolumeScan {
  private static final System.Logger LOG = System.getLogger(VolumeScan.class.getName());

  private final FileLayer files;
  private final VolumeDirectory directory;
  private final VolumeIdentity identity;

  VolumeScan(FileLayer files, VolumeDirectory directory, VolumeIdentity identity) {
    this.files = files;
    this.directory = directory;
    this.identity = identity;
  }

  void run(BlobVisitor visitor) throws IOException {
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
      visitor.visit(new ChunkScan(file, identity.id(), number).blob());
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "chunk removed meanwhile", e);
    }
  }
}
