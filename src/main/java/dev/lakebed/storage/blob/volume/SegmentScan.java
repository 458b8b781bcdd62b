package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame.BlockChecksums;
import dev.lakebed.storage.blob.volume.SegmentScan.ScanWindow.BodyCheck;
import dev.lakebed.storage.blob.volume.VolumeScan.BlobVisitor;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment from front to back. Where no valid frame is it looks for the next one, so that a
 * lost write or rotten bytes do not hide the records behind them.
 */
record SegmentScan(StorageFile file, SegmentHeader header, ScanWindow window) {
  private static final int ALIGNMENT = 8;

  /** Scans the segment that has this header, on disk or not. */
  SegmentScan(StorageFile file, SegmentHeader header) {
    this(file, header, new ScanWindow(file));
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
    BlobRef ref = header.ref(frame.offset(), frame.dataLength());
    BodyCheck body = new BodyCheck(window, frame);
    boolean intact = body.data(tableAt, dataAt);
    ByteBuffer descriptor = body.descriptor(dataAt + frame.dataLength());
    return StoredBlob.of(ref, descriptor, body.isDescriptor(descriptor), intact);
  }

  /** Gives pieces of a file that is read from front to back in large steps. */
  static final class ScanWindow {
    private static final int BYTES = 1024 * 1024 + 4096;
    private static final int SMALL = 64 * 1024;

    private final StorageFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    private long start;

    ScanWindow(StorageFile file) {
      this.file = file;
      buffer.limit(0);
    }

    /** Makes so many bytes available in {@link #buffer}; false when the file ends before. */
    boolean load(long position, int length) throws IOException {
      if (position < start || position + length > start + buffer.limit()) {
        start = position;
        buffer.clear();
        file.read(buffer, position);
        buffer.flip();
      }
      return position + length <= start + buffer.limit();
    }

    ByteBuffer buffer() {
      return buffer;
    }

    int index(long position) {
      return (int) (position - start);
    }

    /** A copy of bytes of the file, shorter when it ends before. */
    ByteBuffer copy(long position, int length) throws IOException {
      ByteBuffer copy = ByteBuffer.allocate(length);
      if (length <= SMALL && load(position, length)) {
        copy.put(slice(position, length));
      } else {
        file.read(copy, position);
      }
      return copy.flip();
    }

    ByteBuffer slice(long position, int length) {
      return buffer.slice(index(position), length);
    }

    record BodyCheck(ScanWindow window, RecordFrame frame) {
      /** Whether every block and the table itself match their checksums. */
      boolean data(long tableAt, long dataAt) throws IOException {
        ByteBuffer table = window.copy(tableAt, Math.toIntExact(frame.tableBytes()));
        if (table.limit() < table.capacity() || BlockChecksums.sum(table) != frame.tableSum()) {
          return false;
        }
        for (long at = 0; at < frame.dataLength(); at += frame.blockBytes()) {
          int length = (int) Math.min(frame.blockBytes(), frame.dataLength() - at);
          if (!window.load(dataAt + at, length)
              || BlockChecksums.sum(window.slice(dataAt + at, length)) != table.getInt()) {
            return false;
          }
        }
        return true;
      }

      ByteBuffer descriptor(long at) throws IOException {
        return window.copy(at, frame.descriptorLength());
      }

      boolean isDescriptor(ByteBuffer bytes) {
        return bytes.limit() == frame.descriptorLength()
            && BlockChecksums.sum(bytes) == frame.descriptorSum();
      }
    }
  }
}
