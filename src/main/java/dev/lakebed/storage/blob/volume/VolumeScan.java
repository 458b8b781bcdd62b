package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow.BodyCheck;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows everything that lies on a volume. */
public record VolumeScan(FileLayer files, VolumeDirectory directory, VolumeIdentity identity) {
  private static final System.Logger LOG = System.getLogger(VolumeScan.class.getName());

  public void run(BlobVisitor visitor) throws IOException {
    for (long number : numbers(directory.segments())) {
      segment(number, visitor);
    }
    for (int low = 0; low < VolumeDirectory.FANOUT; low++) {
      for (long number : numbers(directory.chunks(low))) {
        chunk(number, visitor);
      }
    }
  }

  private List<Long> numbers(Path listed) throws IOException {
    return VolumeDirectory.numbers(files.list(listed)).toList();
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
    void visit(StoredBlob blob) throws IOException;
  }

  /**
   * A blob found on a volume: of length 0 when a chunk file has no valid end, with the descriptor,
   * read-only, empty when it is damaged, and whether all is as it was written.
   */
  public record StoredBlob(BlobRef ref, ByteBuffer descriptor, boolean intact) {
    static StoredBlob of(BlobRef ref, ByteBuffer descriptor, boolean described, boolean intact) {
      ByteBuffer shown = described ? descriptor : ByteBuffer.allocate(0);
      return new StoredBlob(ref, shown.asReadOnlyBuffer(), described && intact);
    }
  }

  public record ChunkFileScan(StorageFile file, long volume, long number) {
    /** The frame; empty when the file was never finished or its end is damaged. */
    public Optional<RecordFrame> frame() throws IOException {
      long size = file.size();
      ByteBuffer foot = ByteBuffer.allocate(RecordFrame.BYTES);
      if (size < RecordFrame.BYTES || file.read(foot, size - RecordFrame.BYTES) < foot.capacity()) {
        return Optional.empty();
      }
      return RecordFrame.decode(foot, 0)
          .filter(
              frame ->
                  frame.magic() == RecordFrame.CHUNK_MAGIC
                      && frame.owner() == number
                      && frame.totalBytes() == size);
    }

    BlobRef ref(RecordFrame frame) {
      return BlobRef.chunk(volume, number, frame.dataLength());
    }

    Optional<byte[]> descriptor(RecordFrame frame) throws IOException {
      BodyCheck body = body(frame);
      ByteBuffer descriptor = body.descriptor(frame.dataLength() + frame.tableBytes());
      if (!body.isDescriptor(descriptor)) {
        return Optional.empty();
      }
      byte[] bytes = new byte[descriptor.remaining()];
      descriptor.get(bytes);
      return Optional.of(bytes);
    }

    StoredBlob blob() throws IOException {
      Optional<RecordFrame> found = frame();
      if (found.isEmpty()) {
        return new StoredBlob(
            BlobRef.chunk(volume, number, 0), ByteBuffer.allocate(0).asReadOnlyBuffer(), false);
      }
      RecordFrame frame = found.get();
      BodyCheck body = body(frame);
      ByteBuffer descriptor = body.descriptor(frame.dataLength() + frame.tableBytes());
      boolean intact = body.data(frame.dataLength(), 0);
      return StoredBlob.of(ref(frame), descriptor, body.isDescriptor(descriptor), intact);
    }

    private BodyCheck body(RecordFrame frame) {
      return new BodyCheck(new ScanWindow(file), frame);
    }
  }
}
