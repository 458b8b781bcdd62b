package dev.lakebed.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends groups of records to the active segment. Used by the committer thread only. */
final class SegmentWriter {
  private final SegmentSupply supply;
  private final ByteBuffer staging = ByteBuffer.allocateDirect(StagedOutput.BUFFER_BYTES);
  private @Nullable Segment active;

  SegmentWriter(SegmentSupply supply) {
    this.supply = supply;
  }

  /**
   * Writes as many records of the group as fit one segment and makes them durable with one call.
   *
   * @return how many these were, at least one
   */
  int append(List<PendingRecord> group) throws IOException {
    Segment segment = active;
    if (segment == null || !segment.fits(segment.end(), group.get(0).paddedBytes())) {
      segment = roll();
    }
    boolean durable = false;
    try {
      int count = write(group, segment);
      durable = true;
      return count;
    } finally {
      // A file that failed once is not trusted again: a later sync may succeed without the bytes.
      if (!durable) {
        retireActive();
      }
    }
  }

  private int write(List<PendingRecord> group, Segment segment) throws IOException {
    StagedOutput out = new StagedOutput(staging, segment.file(), segment.end());
    long offset = segment.end();
    int count = 0;
    while (count < group.size() && segment.fits(offset, group.get(count).paddedBytes())) {
      PendingRecord record = group.get(count);
      record.writeTo(out, segment, offset);
      offset += record.paddedBytes();
      count++;
    }
    out.flush();
    segment.forceUpTo(offset);
    return count;
  }

  private Segment roll() throws IOException {
    retireActive();
    Segment next = supply.next();
    active = next;
    return next;
  }

  private void retireActive() {
    if (active != null) {
      supply.retire(active);
      active = null;
    }
  }

  void close() {
    retireActive();
    supply.close();
  }
}
