package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment from front to back. Where no valid frame is it looks for the next one, so that a
 * lost write or rotten bytes do not hide the records behind them.
 */
final class SegmentScan {
  private static final int ALIGNMENT = 8;

  private final StorageFile file;
  private final SegmentHeader header;
  private final ScanWindow window;

  /** Opens the scan of the segment that has this header, on disk or not. */
  SegmentScan(StorageFile file, SegmentHeader header) {
    this.file = file;
    this.header = header;
    this.window = new ScanWindow(file);
  }

  /** Shows all records; returns the offset behind the last one. */
  long run(BlobVisitor visitor) throws IOException {
    long size = file.size();
    long end = SegmentHeader.BYTES;
    long at = end;
    while (window.load(at, RecordFrame.BYTES)) {
      RecordFrame frame = frameAt(at);
      if (frame == null) {
        at += ALIGNMENT;
      } else {
        visitor.visit(blob(frame));
        at += frame.paddedBytes();
        end = Math.min(at, size);
      }
    }
    return end;
  }

  private @Nullable RecordFrame frameAt(long at) {
    int index = window.index(at);
    if (window.buffer().getInt(index) != RecordFrame.RECORD_MAGIC) {
      return null;
    }
    return RecordFrame.decode(window.buffer(), index)
        .filter(frame -> frame.owner() == header.nonce() && frame.offset() == at)
        .orElse(null);
  }

  private StoredBlob blob(RecordFrame frame) throws IOException {
    long tableAt = frame.offset() + RecordFrame.BYTES;
    long dataAt = tableAt + frame.tableBytes();
    BlobRef ref =
        new BlobRef(
            BlobRef.Kind.SEGMENT,
            VolumeIdentity.id(header.volume()),
            header.number(),
            frame.offset(),
            frame.dataLength());
    BodyCheck body = new BodyCheck(window, frame);
    boolean intact = body.data(tableAt, dataAt);
    ByteBuffer descriptor = body.descriptor(dataAt + frame.dataLength());
    return StoredBlob.of(ref, descriptor, body.isDescriptor(descriptor), intact);
  }
}
