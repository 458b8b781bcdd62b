package dev.lakebed.blob;

import java.io.IOException;

/** The segment that takes records. Used by the committer thread only. */
final class Segment {
  private final SegmentHeader header;
  private final StorageFile file;
  private final long capacity;
  private long end = SegmentHeader.BYTES;

  Segment(SegmentHeader header, StorageFile file, long capacity) {
    this.header = header;
    this.file = file;
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
