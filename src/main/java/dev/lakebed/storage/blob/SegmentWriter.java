package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.GroupCommitter.PendingRecord;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends groups of records to the active segment. Used by the committer thread only. */
final class SegmentWriter {
  private static final System.Logger LOG = System.getLogger(SegmentWriter.class.getName());

  private final SegmentSupply supply;
  private final ByteBuffer staging = ByteBuffer.allocateDirect(StagedOutput.BUFFER_BYTES);
  private @Nullable Segment active;

  SegmentWriter(SegmentSupply supply) {
    this.supply = supply;
  }

  /**
   * Writes as many records of the group as fit one segment, at least one, and makes them durable
   * with one call; how many these were.
   */
  int append(List<PendingRecord> group) throws IOException {
    Segment segment = active;
    if (segment == null || !segment.fits(segment.nextStart(), group.get(0).paddedBytes())) {
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
    long end = segment.end();
    long start = segment.nextStart();
    int count = 0;
    while (count < group.size() && segment.fits(start, group.get(count).paddedBytes())) {
      PendingRecord record = group.get(count);
      out.pad((int) (start - end));
      record.writeTo(out, segment, start);
      end = start + record.paddedBytes();
      start = segment.startFrom(end);
      count++;
    }
    out.flush();
    segment.forceUpTo(end);
    return count;
  }

  /** Uses the space of a record again when it is the active segment's last. */
  void giveBack(BlobRef ref) {
    Segment segment = active;
    if (segment == null || segment.header().number() != ref.file()) {
      return;
    }
    try {
      segment.giveBack(ref.offset());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot cut segment " + Long.toHexString(ref.file()), e);
      retireActive();
    }
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

  /** Gathers many small pieces into few large writes of one file. Used by one thread. */
  static final class StagedOutput {
    static final int BUFFER_BYTES = 1024 * 1024;

    private final ByteBuffer staging;
    private final StorageFile file;
    private long position;

    StagedOutput(ByteBuffer staging, StorageFile file, long position) {
      this.staging = staging.clear();
      this.file = file;
      this.position = position;
    }

    void put(RecordFrame frame) throws IOException {
      if (staging.remaining() < RecordFrame.BYTES) {
        flush();
      }
      frame.encode(staging);
    }

    void put(byte[] bytes, int length) throws IOException {
      int at = 0;
      while (at < length) {
        if (!staging.hasRemaining()) {
          flush();
        }
        int step = Math.min(length - at, staging.remaining());
        staging.put(bytes, at, step);
        at += step;
      }
    }

    void pad(int count) throws IOException {
      if (staging.remaining() < count) {
        flush();
      }
      staging.put(new byte[count]);
    }

    void flush() throws IOException {
      staging.flip();
      int length = staging.remaining();
      file.write(staging, position);
      position += length;
      staging.clear();
    }
  }
}
