package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that takes records. Used by the committer thread only. */
final class Segment {
  private final SegmentHeader header;
  private final StorageFile file;
  private final boolean filled;
  private final long capacity;
  private final GivenBack givenBack = new GivenBack();
  private long end = SegmentHeader.BYTES;

  Segment(SegmentHeader header, StorageFile file, boolean filled, long capacity) {
    this.header = header;
    this.file = file;
    this.filled = filled;
    this.capacity = capacity;
  }

  long volume() {
    return VolumeIdentity.id(header.volume());
  }

  long number() {
    return header.number();
  }

  long nonce() {
    return header.nonce();
  }

  StorageFile file() {
    return file;
  }

  /** Offset behind the last durable record. */
  long end() {
    return end;
  }

  /** Where the next record begins. */
  long nextStart() {
    return startFrom(end);
  }

  /** The first offset from there that no record ever began at. */
  long startFrom(long offset) {
    return givenBack.startFrom(offset);
  }

  /**
   * Takes a record back that nothing names. When it is the last one its space is used again, and
   * that of those before it that were given back earlier.
   */
  void giveBack(long offset) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(RecordFrame.BYTES);
    if (offset >= end || file.read(head, offset) < RecordFrame.BYTES) {
      return;
    }
    long ending =
        RecordFrame.decode(head, 0)
            .filter(frame -> frame.owner() == nonce() && frame.offset() == offset)
            .map(frame -> offset + frame.paddedBytes())
            .orElse(0L);
    long before = end;
    end = givenBack.add(offset, ending, end);
    if (end < before && !filled) {
      file.truncate(end);
    }
  }

  boolean isEmpty() {
    return end == SegmentHeader.BYTES;
  }

  boolean fits(long offset, long bytes) {
    return offset + bytes <= capacity;
  }

  /** Makes everything up to the offset durable; the next record starts there. */
  void forceUpTo(long offset) throws IOException {
    file.force();
    end = offset;
  }
}
