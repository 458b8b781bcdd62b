package dev.lakebed.storage.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who reads which chunk. A chunk is counted before its file is looked for and removed only while
 * nobody counts it, so a reader whose pin succeeded never loses the file, and one whose pin failed
 * knows that the chunk had been released before.
 */
final class ChunkPins {
  /** Looks for a chunk or removes it. */
  @FunctionalInterface
  interface ChunkTest {
    boolean test(long number) throws IOException;
  }

  private final ConcurrentHashMap<Long, Integer> counts = new ConcurrentHashMap<>();

  /**
   * Pins all chunks or none.
   *
   * @param exists whether the file of a chunk is there
   * @throws MissingBlobException when one is not
   */
  Pins pin(Collection<BlobRef> refs, ChunkTest exists) throws IOException {
    List<Long> pinned = new ArrayList<>(refs.size());
    AtomicBoolean closed = new AtomicBoolean();
    Pins pins =
        () -> {
          if (closed.compareAndSet(false, true)) {
            pinned.forEach(this::unpin);
          }
        };
    boolean complete = false;
    try {
      for (BlobRef ref : refs) {
        if (ref.kind() == BlobRef.Kind.CHUNK) {
          counts.merge(ref.file(), 1, Integer::sum);
          pinned.add(ref.file());
          if (!exists.test(ref.file())) {
            throw new MissingBlobException("missing: " + ref);
          }
        }
      }
      complete = true;
      return pins;
    } finally {
      if (!complete) {
        pins.close();
      }
    }
  }

  private void unpin(long number) {
    counts.computeIfPresent(number, (chunk, count) -> count == 1 ? null : count - 1);
  }

  /** Removes a chunk unless somebody has pinned it; whether it was removed. */
  boolean removeUnpinned(long number, ChunkTest removal) throws IOException {
    boolean[] removed = {false};
    try {
      counts.compute(
          number,
          (chunk, count) -> {
            if (count == null) {
              removed[0] = tested(removal, number);
            }
            return count;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return removed[0];
  }

  private static boolean tested(ChunkTest removal, long number) {
    try {
      return removal.test(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
