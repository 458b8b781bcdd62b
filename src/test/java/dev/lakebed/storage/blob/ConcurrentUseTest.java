package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads put, read, confirm and release at once, and nobody sees another one's bytes. */
class ConcurrentUseTest {
  private static final int THREADS = 16;
  private static final int BLOBS = 60;

  @TempDir private Path data;
  private final MemoryLedger ledger = new MemoryLedger();
  private final Map<BlobRef, Long> kept = new ConcurrentHashMap<>();

  @Test
  void threads_do_not_disturb_each_other() throws Exception {
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        long seed = 1000L * t;
        tasks.add(() -> work(store, seed));
      }
      run(tasks);
      assertThat(store.statistics().commitGroups()).isLessThan(store.statistics().commitRecords());
      assertKept(store);
    }
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger)) {
      assertKept(store);
    }
  }

  private static void run(List<Callable<Void>> tasks)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }

  private Void work(SegmentedBlobStore store, long firstSeed) throws IOException {
    for (int i = 0; i < BLOBS; i++) {
      long seed = firstSeed + i;
      byte[] bytes = Blobs.bytes(seed, i % 5 == 0 ? 33_000 + 100 * i : 100 * i);
      BlobRef ref = Blobs.put(store, bytes, "d");
      assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
      if (i % 3 == 0) {
        store.release(ref);
      } else {
        store.confirm(ref);
        kept.put(ref, seed);
      }
    }
    return null;
  }

  private void assertKept(SegmentedBlobStore store) throws IOException {
    assertThat(kept).hasSize(THREADS * BLOBS * 2 / 3);
    for (Map.Entry<BlobRef, Long> blob : kept.entrySet()) {
      byte[] bytes = Blobs.bytes(blob.getValue(), (int) blob.getKey().length());
      assertThat(Blobs.get(store, blob.getKey())).isEqualTo(bytes);
    }
  }

  @Test
  void readers_find_chunks_while_they_are_confirmed() throws Exception {
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger)) {
      byte[] bytes = Blobs.bytes(1, 33_000);
      for (int i = 0; i < 200; i++) {
        BlobRef ref = Blobs.put(store, bytes, "d");
        run(
            List.of(
                () -> confirm(store, ref),
                () -> assertReads(store, ref, bytes),
                () -> assertReads(store, ref, bytes)));
      }
    }
  }

  private static Void confirm(SegmentedBlobStore store, BlobRef ref) {
    store.confirm(ref);
    return null;
  }

  private static Void assertReads(SegmentedBlobStore store, BlobRef ref, byte[] bytes)
      throws IOException {
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
    return null;
  }
}
