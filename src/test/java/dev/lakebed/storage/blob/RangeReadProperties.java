package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any range of a blob is the same range of the bytes that were put. */
class RangeReadProperties {
  private static final int SMALL = 30_001;
  private static final int LARGE = 500_009;

  private static final byte[] SMALL_BYTES = Blobs.bytes(1, SMALL);
  private static final byte[] LARGE_BYTES = Blobs.bytes(2, LARGE);
  private static SegmentedBlobStore store;
  private static BlobRef small;
  private static BlobRef large;

  @BeforeContainer
  static void open() throws IOException {
    store =
        SegmentedBlobStore.open(
            Blobs.settings(Path.of("/data")),
            Blobs.NONE_NAMED,
            new MemoryLedger(),
            new RecordedFileLayer());
    Blobs.put(store, new byte[17], "before");
    small = Blobs.put(store, SMALL_BYTES, "small");
    large = Blobs.put(store, LARGE_BYTES, "large");
  }

  @AfterContainer
  static void close() throws IOException {
    store.close();
  }

  @Property
  void range_of_a_record(
      @ForAll @IntRange(max = SMALL) int one, @ForAll @IntRange(max = SMALL) int other)
      throws IOException {
    assertRange(small, SMALL_BYTES, Math.min(one, other), Math.max(one, other));
  }

  @Property
  void range_of_a_chunk(
      @ForAll @IntRange(max = LARGE) int one, @ForAll @IntRange(max = LARGE) int other)
      throws IOException {
    assertRange(large, LARGE_BYTES, Math.min(one, other), Math.max(one, other));
  }

  private static void assertRange(BlobRef ref, byte[] bytes, int from, int to) throws IOException {
    assertThat(Blobs.get(store, ref, from, to - from))
        .isEqualTo(Arrays.copyOfRange(bytes, from, to));
  }
}
