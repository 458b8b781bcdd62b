package dev.lakebed.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link BlobStore} and {@link BlobWriter} promise, on the file system of the machine. */
class SegmentedBlobStoreTest {
  @TempDir private Path data;
  private final MemoryLedger ledger = new MemoryLedger();
  private SegmentedBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void reopen() throws IOException {
    store.close();
    open();
  }

  private List<Path> filesUnder(String directory) throws IOException {
    try (Stream<Path> paths = Files.walk(data.resolve("volumes/0").resolve(directory))) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 32768, 32769, 131072, 1_000_003})
  void blob_of_any_length_comes_back_also_after_restart(int length) throws IOException {
    byte[] bytes = Blobs.bytes(length, length);
    BlobRef ref = Blobs.put(store, bytes, "d");
    assertThat(ref.length()).isEqualTo(length);
    assertThat(ref.kind()).isEqualTo(length <= 32768 ? BlobRef.Kind.SEGMENT : BlobRef.Kind.CHUNK);
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
    store.confirm(ref);
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
    reopen();
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
  }

  @Test
  void blob_written_in_small_pieces_of_unknown_length_comes_back() throws IOException {
    byte[] bytes = Blobs.bytes(7, 200_000);
    BlobRef ref;
    try (BlobWriter writer = store.begin(-1)) {
      for (int at = 0; at < bytes.length; at += 777) {
        assertThat(writer.size()).isEqualTo(at);
        writer.write(bytes, at, Math.min(777, bytes.length - at));
      }
      ref = writer.commit(new byte[0]);
    }
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
  }

  @Test
  void scan_shows_every_blob_with_its_descriptor() throws IOException {
    BlobRef small = Blobs.put(store, Blobs.bytes(1, 5000), "small");
    BlobRef large = Blobs.put(store, Blobs.bytes(2, 50_000), "large");
    String longest = "x".repeat(VolumeSettings.MAX_DESCRIPTOR_BYTES);
    BlobRef described = Blobs.put(store, new byte[0], longest);
    store.confirm(large);
    reopen();
    List<StoredBlob> found = Blobs.scan(store);
    assertThat(found).allMatch(StoredBlob::intact);
    assertThat(found.stream().map(StoredBlob::ref))
        .containsExactlyInAnyOrder(small, large, described);
    assertThat(found.stream().map(blob -> Blobs.text(blob.descriptor())))
        .containsExactlyInAnyOrder("small", "large", longest);
  }

  @Test
  void descriptor_over_64_kib_is_refused() throws IOException {
    try (BlobWriter writer = store.begin(0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.commit(new byte[VolumeSettings.MAX_DESCRIPTOR_BYTES + 1]));
    }
  }

  @Test
  void writer_closed_without_commit_leaves_nothing() throws IOException {
    try (BlobWriter small = store.begin(-1);
        BlobWriter large = store.begin(-1)) {
      small.write(new byte[1000], 0, 1000);
      large.write(new byte[100_000], 0, 100_000);
      assertThat(filesUnder("incoming")).hasSize(1);
    }
    assertThat(filesUnder("incoming")).isEmpty();
    assertThat(Blobs.scan(store)).isEmpty();
  }

  @Test
  void writer_takes_nothing_after_commit() throws IOException {
    try (BlobWriter writer = store.begin(-1)) {
      writer.commit(new byte[0]);
      assertThatIllegalStateException().isThrownBy(() -> writer.write(new byte[1], 0, 1));
      assertThatIllegalStateException().isThrownBy(() -> writer.commit(new byte[0]));
    }
  }

  @Test
  void confirm_moves_a_chunk_once_and_may_be_repeated() throws IOException {
    byte[] bytes = Blobs.bytes(3, 50_000);
    BlobRef ref = Blobs.put(store, bytes, "d");
    assertThat(filesUnder("chunks")).isEmpty();
    store.confirm(ref);
    store.confirm(ref);
    assertThat(filesUnder("incoming")).isEmpty();
    assertThat(filesUnder("chunks")).hasSize(1);
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
  }

  @Test
  void released_chunk_is_gone_and_may_be_released_again() throws IOException {
    BlobRef confirmed = Blobs.put(store, Blobs.bytes(3, 50_000), "d");
    store.confirm(confirmed);
    BlobRef unconfirmed = Blobs.put(store, Blobs.bytes(4, 50_000), "d");
    for (int i = 0; i < 2; i++) {
      store.release(confirmed);
      store.release(unconfirmed);
    }
    assertThat(filesUnder("incoming")).isEmpty();
    assertThat(filesUnder("chunks")).isEmpty();
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(() -> Blobs.get(store, confirmed));
  }

  @Test
  void chunk_released_while_it_is_read_is_removed_after_the_reader_is_done() throws IOException {
    byte[] bytes = Blobs.bytes(3, 1_000_000);
    BlobRef ref = Blobs.put(store, bytes, "d");
    store.confirm(ref);
    List<Integer> filesSeen = new ArrayList<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] from, int offset, int length) {
            super.write(from, offset, length);
            store.release(ref);
            try {
              filesSeen.add(filesUnder("chunks").size());
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    store.read(ref, 0, ref.length(), out);
    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThat(filesSeen).hasSizeGreaterThan(1).containsOnly(1);
    assertThat(filesUnder("chunks")).isEmpty();
  }

  @Test
  void released_records_are_counted_for_their_segment() throws IOException {
    BlobRef first = Blobs.put(store, new byte[1000], "d");
    Blobs.put(store, new byte[500], "d");
    store.release(first);
    assertThat(store.segmentUsage()).containsExactly(new SegmentUsage(first.file(), 1500, 1000));
  }

  @Test
  void record_with_blocks_of_another_size_is_read() throws IOException {
    byte[] bytes = Blobs.bytes(5, 30_000);
    BlobRef small = Blobs.put(store, bytes, "d");
    store.close();
    for (int blockBytes : new int[] {16384, 1024 * 1024}) {
      VolumeSettings other =
          new VolumeSettings(data, blockBytes, 32768, 262144, 1 << 20, 0, 1 << 20, 64, 4);
      try (SegmentedBlobStore reopened = SegmentedBlobStore.open(other, Blobs.NONE_NAMED, ledger)) {
        assertThat(Blobs.get(reopened, small)).isEqualTo(bytes);
        assertThat(Blobs.get(reopened, small, 9000, 9000))
            .isEqualTo(java.util.Arrays.copyOfRange(bytes, 9000, 18000));
        byte[] more = Blobs.bytes(6, 3_000_000);
        assertThat(Blobs.get(reopened, Blobs.put(reopened, more, "d"))).isEqualTo(more);
      }
    }
  }

  @Test
  void range_outside_the_blob_is_refused() throws IOException {
    BlobRef ref = Blobs.put(store, new byte[10], "d");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Blobs.get(store, ref, 5, 6));
  }

  @Test
  void interrupted_reader_does_not_disturb_others() throws IOException {
    byte[] bytes = Blobs.bytes(8, 50_000);
    BlobRef large = Blobs.put(store, bytes, "d");
    BlobRef small = Blobs.put(store, Blobs.bytes(9, 3000), "d");
    for (BlobRef ref : List.of(large, small)) {
      assertThat(Blobs.get(store, ref)).hasSize((int) ref.length());
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> Blobs.get(store, ref));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Blobs.get(store, ref)).hasSize((int) ref.length());
    }
  }

  @Test
  void closed_store_takes_nothing() throws IOException {
    try (BlobWriter writer = store.begin(-1)) {
      store.close();
      assertThatExceptionOfType(VolumeUnavailableException.class)
          .isThrownBy(() -> writer.commit(new byte[0]));
      assertThatExceptionOfType(VolumeUnavailableException.class).isThrownBy(() -> store.begin(-1));
    }
  }

  @Test
  void close_leaves_no_space_taken_in_advance() throws IOException {
    Blobs.put(store, new byte[1000], "d");
    store.close();
    assertThat(filesUnder("segments")).hasSize(1);
    assertThat(Files.size(filesUnder("segments").get(0))).isLessThan(2000);
  }
}
