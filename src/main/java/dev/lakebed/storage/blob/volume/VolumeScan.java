package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow.BodyCheck;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
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

  /** Reads a chunk file from its end. */
  public static final class ChunkFileScan {
    private final StorageFile file;
    private final long volume;
    private final long number;

    public ChunkFileScan(StorageFile file, long volume, long number) {
      this.file = file;
      this.volume = volume;
      this.number = number;
    }

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
      return new BlobRef(BlobRef.Kind.CHUNK, volume, number, 0, frame.dataLength());
    }

    /** The descriptor; empty when it is damaged. */
    Optional<byte[]> descriptor(RecordFrame frame) throws IOException {
      BodyCheck body = body(frame);
      ByteBuffer descriptor = body.descriptor(frame.dataLength() + frame.tableBytes());
      return body.isDescriptor(descriptor) ? Optional.of(bytes(descriptor)) : Optional.empty();
    }

    private static byte[] bytes(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    }

    /** The whole blob, checked. */
    StoredBlob blob() throws IOException {
      Optional<RecordFrame> found = frame();
      if (found.isEmpty()) {
        BlobRef unknown = new BlobRef(BlobRef.Kind.CHUNK, volume, number, 0, 0);
        return StoredBlob.of(unknown, ByteBuffer.allocate(0), false, false);
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
