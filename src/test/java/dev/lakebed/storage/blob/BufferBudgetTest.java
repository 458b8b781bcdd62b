package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal 7 of the foundation issue: a thousand slow uploads need bounded memory and all succeed. */
class BufferBudgetTest {
  private static final VolumeDirectory DIRECTORY = VolumeDirectory.of(Path.of("/data"), 0);

  private final RecordedFileLayer files = new RecordedFileLayer();
  private SegmentedBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        SegmentedBlobStore.open(
            Blobs.settings(Path.of("/data")), Blobs.NONE_NAMED, new MemoryLedger(), files);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void a_thousand_small_uploads_at_once_spill_when_the_budget_is_used_up() throws IOException {
    List<BlobWriter> writers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      writers.add(store.begin(8000));
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < writers.size(); i++) {
        writers.get(i).write(Blobs.bytes(2L * i + round, 4000), 0, 4000);
      }
    }
    // The budget is 256 pages, so at most 128 uploads of two pages stay in memory.
    assertThat(files.list(DIRECTORY.incoming())).hasSizeGreaterThanOrEqualTo(1000 - 256);
    for (int i = 0; i < writers.size(); i++) {
      BlobRef ref = writers.get(i).commit(new byte[0]);
      writers.get(i).close();
      assertThat(Blobs.get(store, ref, 0, 4000)).isEqualTo(Blobs.bytes(2L * i, 4000));
      assertThat(Blobs.get(store, ref, 4000, 4000)).isEqualTo(Blobs.bytes(2L * i + 1, 4000));
    }
    BlobRef next = Blobs.put(store, new byte[30_000], "d");
    assertThat(next.kind()).isEqualTo(BlobRef.Kind.SEGMENT);
  }

  @Test
  void pool_gives_no_more_than_its_budget_and_uses_pages_again() {
    PagePool pool = new PagePool(4096, 4 * 4096);
    List<byte[]> pages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pages.add(pool.tryTake());
    }
    assertThat(pages).doesNotContainNull();
    assertThat(pool.tryTake()).isNull();
    pool.giveBack(pages.get(2));
    assertThat(pool.tryTake()).isSameAs(pages.get(2));
    assertThat(pool.tryTake()).isNull();
  }

  @Test
  void files_open_for_reading_stay_bounded() throws IOException {
    List<BlobRef> refs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      refs.add(Blobs.put(store, Blobs.bytes(i, 40_000), "d"));
    }
    for (BlobRef ref : refs) {
      assertThat(Blobs.get(store, ref)).hasSize(40_000);
    }
    // Four are kept for reading.
    assertThat(files.openFiles()).isLessThanOrEqualTo(4);
  }
}
