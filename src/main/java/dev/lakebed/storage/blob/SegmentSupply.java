package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gives new segments. While one is in use the next is filled with zeros in the background: making
 * bytes durable takes half the time when the file system need not record new blocks and a new size.
 */
final class SegmentSupply {
  private static final System.Logger LOG = System.getLogger(SegmentSupply.class.getName());
  private static final int ZEROS = 1024 * 1024;

  private final Volume volume;
  private final long capacity;
  private @Nullable CompletableFuture<@Nullable Segment> spare;

  SegmentSupply(Volume volume) {
    this.volume = volume;
    this.capacity = volume.settings().segmentBytes();
  }

  /** An empty segment whose name is durable. */
  Segment next() throws IOException {
    @Nullable Segment prepared = null;
    if (spare != null && spare.isDone()) {
      prepared = spare.join();
      spare = null;
    }
    Segment next = prepared == null ? create(false) : prepared;
    if (spare == null) {
      spare =
          CompletableFuture.supplyAsync(this::prepare, volume.background())
              .exceptionally(this::none);
    }
    return next;
  }

  private @Nullable Segment prepare() {
    try {
      return volume.freeSpace().allows(capacity) ? create(true) : null;
    } catch (IOException e) {
      return none(e);
    }
  }

  /** A prepared segment only saves time: the committer makes one itself, or refuses. */
  private @Nullable Segment none(Throwable cause) {
    LOG.log(Level.WARNING, "cannot prepare a segment on volume " + volume.number(), cause);
    return null;
  }

  private Segment create(boolean filled) throws IOException {
    SegmentHeader header = SegmentHeader.of(volume.identity().uuid(), volume.numbers().next());
    StorageFile file = volume.files().create(volume.directory().segment(header.number()));
    Segment segment = new Segment(header, file, filled, capacity);
    try {
      // Durable before any record: recovery then knows a torn creation from a damaged head.
      file.write(header.encode(), 0);
      file.force();
      if (filled) {
        fill(file);
      }
      volume.files().syncDirectory(volume.directory().segments());
    } catch (IOException e) {
      remove(segment);
      throw e;
    }
    return segment;
  }

  private void fill(StorageFile file) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    for (long at = SegmentHeader.BYTES; at < capacity; at += zeros.limit()) {
      zeros.clear().limit((int) Math.min(ZEROS, capacity - at));
      file.write(zeros, at);
      // In steps, so that a commit that runs meanwhile does not wait for all of them.
      file.force();
    }
  }

  /** Closes a segment that takes no more records and cuts off what is not in use. */
  void retire(Segment segment) {
    if (segment.isEmpty()) {
      remove(segment);
      return;
    }
    try (StorageFile file = segment.file()) {
      file.truncate(segment.end());
    } catch (IOException e) {
      // Costs space only: no reference points behind the end.
      LOG.log(Level.WARNING, "cannot cut segment " + path(segment), e);
    }
  }

  private void remove(Segment segment) {
    try {
      segment.file().close();
      volume.files().deleteIfExists(path(segment));
    } catch (IOException e) {
      // Nothing refers to it.
      LOG.log(Level.WARNING, "cannot remove empty segment " + path(segment), e);
    }
  }

  private Path path(Segment segment) {
    return volume.directory().segment(segment.header().number());
  }

  void close() {
    if (spare != null) {
      @Nullable Segment unused = spare.join();
      if (unused != null) {
        remove(unused);
      }
    }
  }
}
