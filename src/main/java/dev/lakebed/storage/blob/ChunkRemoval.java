package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removes chunks that metadata has released. One counts as gone when its file has no name any more
 * and the directory was synced, so that no crash brings it back after everybody has forgotten it.
 */
record ChunkRemoval(Volume volume, ChunkFiles chunks, OpenFiles openFiles, ChunkPins pins) {
  private static final System.Logger LOG = System.getLogger(ChunkRemoval.class.getName());

  /** Removes what nobody reads; those that are gone. */
  Set<BlobRef> run(Collection<BlobRef> refs) {
    Map<Path, Set<BlobRef>> unsynced = new HashMap<>();
    int failed = 0;
    for (BlobRef ref : refs) {
      openFiles.forget(ref.file());
      try {
        if (pins.removeUnpinned(ref.file(), chunks::delete)) {
          unsynced
              .computeIfAbsent(
                  volume.directory().chunk(ref.file()).getParent(), path -> new HashSet<>())
              .add(ref);
        }
      } catch (IOException e) {
        report(failed++, e);
      }
    }
    return synced(unsynced);
  }

  /** Also where the file was gone already: the sync may be what failed the last time. */
  private Set<BlobRef> synced(Map<Path, Set<BlobRef>> unsynced) {
    Set<BlobRef> gone = new HashSet<>();
    if (unsynced.isEmpty()) {
      return gone;
    }
    try {
      volume.files().syncDirectory(volume.directory().incoming());
      for (Map.Entry<Path, Set<BlobRef>> removed : unsynced.entrySet()) {
        volume.files().syncDirectory(removed.getKey());
        gone.addAll(removed.getValue());
      }
    } catch (IOException e) {
      report(0, e);
    }
    return gone;
  }

  /** The first of many: the others mostly fail for the same reason. */
  private void report(int before, IOException failure) {
    if (before == 0) {
      LOG.log(
          Level.WARNING,
          "cannot remove released chunks on volume " + volume.number() + "; it is tried again",
          failure);
    }
  }

  /**
   * Who reads which chunk. A chunk is counted before its file is looked for and removed only while
   * nobody counts it, so a reader whose pin succeeded never loses the file, and one whose pin
   * failed knows that the chunk had been released before.
   */
  static final class ChunkPins {
    @FunctionalInterface
    interface ChunkTest {
      boolean test(long number) throws IOException;
    }

    private final ConcurrentHashMap<Long, Integer> counts = new ConcurrentHashMap<>();

    /** Pins all chunks or none; {@link MissingBlobException} when one is not there. */
    Pins pin(Collection<BlobRef> refs, ChunkTest exists) throws IOException {
      List<Long> pinned = new ArrayList<>(refs.size());
      AtomicBoolean closed = new AtomicBoolean();
      Pins pins =
          () -> {
            if (closed.compareAndSet(false, true)) {
              pinned.forEach(this::unpin);
            }
          };
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
        return pins;
      } catch (IOException | RuntimeException | Error e) {
        pins.close();
        throw e;
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
}
