package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.CrashImage.Unsynced;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * Loses power after every single change that a run makes to the file system, and opens what is
 * left. What was acknowledged survives whole, what was not is not half there, and opening always
 * succeeds.
 */
@Evidence({"promise-1", "promise-2", "promise-7"})
class CrashReplayTest {
  private static final Path DATA = Path.of("/data");
  private static final int RANDOM_IMAGES = 6;

  /** A commit has returned this. */
  private record Returned(BlobRef ref, String descriptor) {}

  /** Metadata names the blob from here on. */
  private record Named(BlobRef ref) {}

  /** Metadata has stopped naming it. */
  private record Unnamed(BlobRef ref) {}

  /** The database remembers that of the volume. */
  private record Remembered(MemoryLedger.State state) {}

  /** What a test does with the store. */
  private interface Scenario {
    void run(SegmentedBlobStore store) throws Exception;
  }

  private final RecordedFileLayer files = new RecordedFileLayer();
  private final MemoryLedger ledger =
      new MemoryLedger(MemoryLedger.State.EMPTY, state -> files.mark(new Remembered(state)));
  private final Map<String, byte[]> submitted = new ConcurrentHashMap<>();

  private BlobRef put(BlobStore store, String descriptor, int length) throws IOException {
    byte[] bytes = Blobs.bytes(descriptor.hashCode(), length);
    submitted.put(descriptor, bytes);
    BlobRef ref = Blobs.put(store, bytes, descriptor);
    files.mark(new Returned(ref, descriptor));
    return ref;
  }

  private BlobRef putNamed(BlobStore store, String descriptor, int length) throws IOException {
    BlobRef ref = put(store, descriptor, length);
    files.mark(new Named(ref));
    store.confirm(ref);
    return ref;
  }

  private void drop(BlobStore store, BlobRef ref) {
    files.mark(new Unnamed(ref));
    store.release(ref);
  }

  @Test
  void every_crash_of_small_puts_keeps_what_was_acknowledged() throws Exception {
    replay(
        store -> {
          for (int i = 0; i < 4; i++) {
            putNamed(store, "small " + i, 300 + 2500 * i);
          }
        });
  }

  @Test
  void every_crash_of_small_puts_in_groups_keeps_what_was_acknowledged() throws Exception {
    replay(
        store -> {
          List<Thread> threads = new ArrayList<>();
          for (int t = 0; t < 4; t++) {
            String name = "thread " + t + " put ";
            threads.add(Thread.ofVirtual().start(() -> putThree(store, name)));
          }
          for (Thread thread : threads) {
            thread.join();
          }
        });
    assertThat(submitted).hasSize(12);
  }

  private void putThree(BlobStore store, String name) {
    try {
      for (int i = 0; i < 3; i++) {
        putNamed(store, name + i, 5000);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void every_crash_of_puts_that_roll_segments_keeps_what_was_acknowledged() throws Exception {
    replay(
        store -> {
          for (int i = 0; i < 20; i++) {
            putNamed(store, "rolling " + i, 30_000);
          }
        });
  }

  @Test
  void every_crash_of_a_large_put_keeps_what_was_acknowledged() throws Exception {
    replay(store -> putNamed(store, "large", 70_000));
  }

  @Test
  void every_crash_of_an_overwrite_keeps_the_version_that_is_named() throws Exception {
    replay(
        store -> {
          BlobRef small = putNamed(store, "small, first", 2000);
          BlobRef large = putNamed(store, "large, first", 50_000);
          BlobRef newSmall = put(store, "small, second", 3000);
          files.mark(new Named(newSmall));
          drop(store, small);
          BlobRef newLarge = put(store, "large, second", 60_000);
          files.mark(new Named(newLarge));
          drop(store, large);
          store.confirm(newLarge);
        });
  }

  @Test
  void every_crash_of_a_complete_keeps_all_parts_or_those_acknowledged() throws Exception {
    replay(
        store -> {
          List<BlobRef> parts = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            parts.add(put(store, "part " + i, 40_000));
          }
          parts.add(put(store, "last part", 1000));
          parts.forEach(part -> files.mark(new Named(part)));
          parts.forEach(store::confirm);
        });
  }

  @Test
  void every_crash_of_an_abort_leaves_nothing() throws Exception {
    replay(
        store -> {
          putNamed(store, "kept", 1000);
          try (BlobWriter writer = store.begin(-1)) {
            writer.write(Blobs.bytes(1, 50_000), 0, 50_000);
          }
          drop(store, put(store, "metadata failed", 50_000));
        });
  }

  @Test
  void every_crash_of_a_clean_close_and_of_a_second_run_keeps_what_was_acknowledged()
      throws Exception {
    replay(
        store -> {
          putNamed(store, "first run", 4000);
          store.close();
          try (SegmentedBlobStore second = open(files, ledger, Set.of())) {
            putNamed(second, "second run", 4000);
            putNamed(second, "second run, large", 40_000);
          }
        });
  }

  private static SegmentedBlobStore open(
      RecordedFileLayer layer, MemoryLedger ledger, Set<BlobRef> named) throws IOException {
    return SegmentedBlobStore.open(
        Blobs.settings(DATA), (ref, descriptor) -> named.contains(ref), ledger, layer);
  }

  private void replay(Scenario scenario) throws Exception {
    try (SegmentedBlobStore store = open(files, ledger, Set.of())) {
      scenario.run(store);
    }
    List<FileEvent> log = files.log();
    assertThat(log.stream().filter(e -> e instanceof FileEvent.Mark)).isNotEmpty();
    for (int length = 0; length <= log.size(); length++) {
      List<FileEvent> prefix = log.subList(0, length);
      check(prefix, Unsynced.LOST, length);
      check(prefix, Unsynced.KEPT, length);
      for (int i = 0; i < RANDOM_IMAGES; i++) {
        check(prefix, Unsynced.RANDOM, RANDOM_IMAGES * (long) length + i);
      }
    }
  }

  private void check(List<FileEvent> prefix, Unsynced unsynced, long seed) throws IOException {
    RecordedFileLayer image = CrashImage.after(prefix, unsynced, new Random(seed));
    String where = "crash after " + prefix.size() + " events, " + unsynced + ", seed " + seed;
    Map<BlobRef, String> returned = new HashMap<>();
    Set<BlobRef> named = new HashSet<>();
    MemoryLedger remembered = learn(prefix, returned, named);
    // Recovery itself may be cut off too; the second one must find everything again.
    RecordedFileLayer interrupted = image.copy();
    open(interrupted, remembered.copy(), named).close();
    List<FileEvent> recovery = interrupted.log();
    int cut = recovery.isEmpty() ? 0 : new Random(seed).nextInt(recovery.size());
    int[] left = {cut};
    image.failWhen(event -> left[0]-- <= 0);
    try {
      open(image, remembered, named).close();
    } catch (IOException e) {
      assertThat(e).as(where).hasMessageContaining("injected");
    }
    image.failWhen(event -> false);
    try (SegmentedBlobStore store = open(image, remembered, named)) {
      assertIntact(store, returned, named, where);
      assertThat(image.list(DATA.resolve("volumes/0/incoming"))).as(where).isEmpty();
      byte[] fresh = Blobs.bytes(seed, 1000);
      assertThat(Blobs.get(store, Blobs.put(store, fresh, "fresh"))).as(where).isEqualTo(fresh);
    }
  }

  private static MemoryLedger learn(
      List<FileEvent> prefix, Map<BlobRef, String> returned, Set<BlobRef> named) {
    MemoryLedger.State state = MemoryLedger.State.EMPTY;
    for (FileEvent event : prefix) {
      if (event instanceof FileEvent.Mark mark) {
        switch (mark.fact()) {
          case Returned fact -> returned.put(fact.ref(), fact.descriptor());
          case Named fact -> named.add(fact.ref());
          case Unnamed fact -> named.remove(fact.ref());
          case Remembered fact -> state = fact.state();
          default -> throw new IllegalStateException("unknown fact");
        }
      }
    }
    return new MemoryLedger(state, change -> {});
  }

  private void assertIntact(
      SegmentedBlobStore store, Map<BlobRef, String> returned, Set<BlobRef> named, String where)
      throws IOException {
    Map<BlobRef, String> scanned = new HashMap<>();
    for (StoredBlob blob : Blobs.scan(store)) {
      if (blob.intact()) {
        scanned.put(blob.ref(), Blobs.text(blob.descriptor()));
      }
    }
    for (Map.Entry<BlobRef, String> blob : scanned.entrySet()) {
      assertThat(Blobs.get(store, blob.getKey()))
          .as(where)
          .isEqualTo(submitted.get(blob.getValue()));
    }
    for (Map.Entry<BlobRef, String> blob : returned.entrySet()) {
      boolean mustBeThere =
          named.contains(blob.getKey()) || blob.getKey().kind() == BlobRef.Kind.SEGMENT;
      if (mustBeThere) {
        assertThat(scanned).as(where).containsEntry(blob.getKey(), blob.getValue());
      }
    }
  }
}
