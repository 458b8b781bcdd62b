package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame;
import dev.lakebed.storage.blob.volume.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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

  SegmentHeader header() {
    return header;
  }

  StorageFile file() {
    return file;
  }

  /** Offset behind the last durable record. */
  long end() {
    return end;
  }

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
            .filter(frame -> frame.owner() == header.nonce() && frame.offset() == offset)
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

  /**
   * Records of the active segment that metadata refused. Their space is used again from the end of
   * the segment on, but never from the same offset: no reference is given out twice.
   */
  static final class GivenBack {
    /** Records start at multiples of this. */
    private static final int ALIGNMENT = 8;

    /** More are not remembered; the space of later ones is lost until the segment is reclaimed. */
    private static final int LIMIT = 4096;

    private final NavigableMap<Long, Long> dead = new TreeMap<>();
    private final Set<Long> usedStarts = new HashSet<>();

    /** For records that begin behind a gap, where the gap begins. */
    private final Map<Long, Long> gaps = new HashMap<>();

    /** The first offset from there that was never that of a record. */
    long startFrom(long offset) {
      long start = offset;
      while (usedStarts.contains(start)) {
        start += ALIGNMENT;
      }
      if (start > offset) {
        gaps.put(start, offset);
      }
      return start;
    }

    /** Adds a record; where the segment ends now. */
    long add(long start, long ending, long segmentEnd) {
      if (ending <= start || ending > segmentEnd || usedStarts.size() + dead.size() >= LIMIT) {
        return segmentEnd;
      }
      dead.put(start, ending);
      long end = segmentEnd;
      while (!dead.isEmpty() && dead.lastEntry().getValue() == end) {
        Map.Entry<Long, Long> last = dead.pollLastEntry();
        usedStarts.add(last.getKey());
        end = gaps.getOrDefault(last.getKey(), last.getKey());
      }
      return end;
    }
  }
}
