package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow.BodyCheck;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a chunk file from its end. */
public final class ChunkFileScan {
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
