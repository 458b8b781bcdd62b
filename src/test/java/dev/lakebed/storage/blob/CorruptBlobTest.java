package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every byte served was checked. */
@Evidence("promise-5")
class CorruptBlobTest {
  private static final VolumeDirectory DIRECTORY = VolumeDirectory.of(Path.of("/data"), 0);
  private static final int BLOCK = 4096;

  private final RecordedFileLayer files = new RecordedFileLayer();
  private final MemoryLedger ledger = new MemoryLedger();
  private SegmentedBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        SegmentedBlobStore.open(Blobs.settings(Path.of("/data")), Blobs.NONE_NAMED, ledger, files);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void flip(Path path, long position) throws IOException {
    try (StorageFile file = files.openForWriting(path)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 0x10));
      file.write(one.flip(), position);
    }
  }

  private static long dataStart(BlobRef ref) {
    return ref.offset() + RecordFrame.BYTES + 4 * RecordFrame.blocks(ref.length(), 12);
  }

  @Test
  void no_byte_of_a_damaged_block_of_a_chunk_is_written() throws IOException {
    byte[] bytes = Blobs.bytes(1, 600_000);
    BlobRef ref = Blobs.put(store, bytes, "d");
    int damaged = 100 * BLOCK + 5;
    flip(DIRECTORY.incoming(ref.file()), damaged);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(() -> store.read(ref, 0, ref.length(), out));
    assertThat(out.size()).isPositive().isLessThanOrEqualTo(100 * BLOCK);
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(bytes, out.size()));
    assertThat(Blobs.get(store, ref, 0, 100 * BLOCK)).hasSize(100 * BLOCK);
    assertThat(Blobs.get(store, ref, 101 * BLOCK, 10)).hasSize(10);
    // Also when the damaged byte itself was not asked for.
    ByteArrayOutputStream none = new ByteArrayOutputStream();
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(() -> store.read(ref, damaged + 1, 1, none));
    assertThat(none.size()).isZero();
  }

  @Test
  void every_damaged_byte_of_a_record_is_noticed_and_nothing_is_written() throws IOException {
    BlobRef ref = Blobs.put(store, Blobs.bytes(1, 3000), "d");
    long end = dataStart(ref) + ref.length();
    for (long position = ref.offset(); position < end; position++) {
      flip(DIRECTORY.segment(ref.file()), position);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThatExceptionOfType(CorruptBlobException.class)
          .as("byte %d", position)
          .isThrownBy(() -> store.read(ref, 0, ref.length(), out));
      assertThat(out.size()).isZero();
      flip(DIRECTORY.segment(ref.file()), position);
    }
    assertThat(Blobs.get(store, ref)).hasSize(3000);
  }

  @Test
  void reference_to_another_length_or_place_is_refused() throws IOException {
    BlobRef small = Blobs.put(store, Blobs.bytes(1, 3000), "d");
    BlobRef large = Blobs.put(store, Blobs.bytes(2, 50_000), "d");
    List<BlobRef> wrong =
        List.of(
            new BlobRef(small.kind(), small.volume(), small.file(), small.offset(), 2999),
            new BlobRef(small.kind(), small.volume(), small.file(), small.offset() + 8, 3000),
            new BlobRef(small.kind(), small.volume(), small.file() + 1000, small.offset(), 3000),
            new BlobRef(large.kind(), large.volume(), large.file(), 0, 49_999),
            new BlobRef(small.kind(), small.volume() + 1, small.file(), small.offset(), 3000));
    for (BlobRef ref : wrong) {
      assertThatExceptionOfType(CorruptBlobException.class)
          .as("%s", ref)
          .isThrownBy(() -> Blobs.get(store, ref));
    }
  }

  @Test
  void chunk_cut_short_is_refused() throws IOException {
    BlobRef ref = Blobs.put(store, Blobs.bytes(2, 50_000), "d");
    try (StorageFile file = files.openForWriting(DIRECTORY.incoming(ref.file()))) {
      file.truncate(40_000);
    }
    assertThatExceptionOfType(CorruptBlobException.class).isThrownBy(() -> Blobs.get(store, ref));
  }

  @Test
  void damaged_frame_does_not_hide_the_records_behind_it() throws IOException {
    BlobRef first = Blobs.put(store, Blobs.bytes(1, 3000), "first");
    BlobRef second = Blobs.put(store, Blobs.bytes(2, 20_000), "second");
    BlobRef third = Blobs.put(store, Blobs.bytes(3, 100), "third");
    flip(DIRECTORY.segment(second.file()), second.offset() + 20);
    store.close();
    open();
    assertThat(Blobs.scan(store).stream().map(StoredBlob::ref)).containsExactly(first, third);
    assertThat(Blobs.get(store, third)).hasSize(100);
  }

  @Test
  void data_that_looks_like_a_record_is_not_taken_for_one() throws IOException {
    BlobRef real = Blobs.put(store, Blobs.bytes(1, 64), "d");
    ByteBuffer forged = ByteBuffer.allocate(800);
    for (int at = 0; at < 800; at += RecordFrame.BYTES + 2) {
      forged.position(at);
      if (forged.remaining() >= RecordFrame.BYTES) {
        new RecordFrame(RecordFrame.RECORD_MAGIC, 12, 0, 0, 0, 0, real.file(), at).encode(forged);
      }
    }
    BlobRef carrier = Blobs.put(store, forged.array(), "d");
    flip(DIRECTORY.segment(carrier.file()), carrier.offset() + 20);
    assertThat(Blobs.scan(store).stream().map(StoredBlob::ref)).containsExactly(real);
  }

  @Test
  void scan_shows_damaged_blobs_as_not_intact() throws IOException {
    BlobRef small = Blobs.put(store, Blobs.bytes(1, 3000), "small");
    BlobRef large = Blobs.put(store, Blobs.bytes(2, 50_000), "large");
    store.confirm(large);
    flip(DIRECTORY.segment(small.file()), dataStart(small) + 7);
    flip(DIRECTORY.chunk(large.file()), 30_000);
    List<StoredBlob> found = Blobs.scan(store);
    assertThat(found.stream().map(StoredBlob::ref)).containsExactly(small, large);
    assertThat(found).noneMatch(StoredBlob::intact);
  }
}
