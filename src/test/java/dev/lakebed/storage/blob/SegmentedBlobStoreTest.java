package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  @Test
  void pinned_chunk_is_removed_after_its_last_pin_has_gone() throws IOException {
    byte[] bytes = Blobs.bytes(3, 50_000);
    BlobRef ref = Blobs.put(store, bytes, "d");
    store.confirm(ref);
    Pins first = store.pin(List.of(ref));
    Pins second = store.pin(List.of(ref, ref));
    first.close();
    first.close();
    assertThat(store.remove(List.of(ref))).isEmpty();
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
    second.close();
    assertThat(store.remove(List.of(ref))).containsExactly(ref);
    assertThat(filesUnder("chunks")).isEmpty();
    assertThat(store.remove(List.of(ref))).as("once more").containsExactly(ref);
    assertThatExceptionOfType(MissingBlobException.class).isThrownBy(() -> store.pin(List.of(ref)));
  }

  @Test
  void nothing_stays_pinned_when_one_of_several_chunks_is_missing() throws IOException {
    BlobRef there = Blobs.put(store, Blobs.bytes(3, 50_000), "d");
    BlobRef gone = Blobs.put(store, Blobs.bytes(4, 50_000), "d");
    store.release(gone);
    assertThatExceptionOfType(MissingBlobException.class)
        .isThrownBy(() -> store.pin(List.of(there, gone)));
    assertThat(store.remove(List.of(there))).containsExactly(there);
  }

  @Test
  void refused_records_take_no_space_and_no_reference_is_given_twice() throws Exception {
    BlobRef kept = Blobs.put(store, Blobs.bytes(1, 900), "kept");
    Path segment = VolumeDirectory.of(data, 0).segment(kept.file());
    long before = Files.size(segment);
    Set<BlobRef> seen = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      List<BlobRef> refused = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        refused.add(Blobs.put(store, Blobs.bytes(i, 1000), "refused"));
      }
      assertThat(seen).doesNotContainAnyElementsOf(refused);
      seen.addAll(refused);
      java.util.Collections.shuffle(refused, new java.util.Random(round));
      refused.forEach(store::release);
      refused.forEach(store::release);
      awaitSize(segment, before);
    }
    BlobRef next = Blobs.put(store, Blobs.bytes(2, 500), "next");
    seen.forEach(store::release);
    BlobRef last = Blobs.put(store, Blobs.bytes(3, 500), "last");
    assertThat(Blobs.get(store, kept)).isEqualTo(Blobs.bytes(1, 900));
    assertThat(Blobs.get(store, next)).isEqualTo(Blobs.bytes(2, 500));
    assertThat(Blobs.get(store, last)).isEqualTo(Blobs.bytes(3, 500));
    store.close();
    open();
    assertThat(Blobs.scan(store).stream().map(StoredBlob::ref))
        .containsExactlyInAnyOrder(kept, next, last);
  }

  private static void awaitSize(Path file, long size) throws Exception {
    for (int i = 0; i < 5000 && Files.size(file) != size; i++) {
      Thread.sleep(1);
    }
    assertThat(Files.size(file)).isEqualTo(size);
  }

  @Test
  void refused_record_before_others_is_only_counted() throws IOException {
    BlobRef refused = Blobs.put(store, Blobs.bytes(1, 1000), "refused");
    BlobRef kept = Blobs.put(store, Blobs.bytes(2, 1000), "kept");
    store.release(refused);
    BlobRef later = Blobs.put(store, Blobs.bytes(3, 1000), "later");
    assertThat(Blobs.get(store, kept)).isEqualTo(Blobs.bytes(2, 1000));
    assertThat(Blobs.get(store, later)).isEqualTo(Blobs.bytes(3, 1000));
    assertThat(later.offset()).isGreaterThan(kept.offset());
  }

  @Test
  void blobs_left_open_are_kept_until_the_database_answers_and_then_decided() throws IOException {
    store.close();
    Set<BlobRef> named = new HashSet<>();
    boolean[] answers = {false};
    store =
        SegmentedBlobStore.open(
            Blobs.settings(data),
            (ref, descriptor) -> {
              if (!answers[0]) {
                throw new IllegalStateException("database away");
              }
              return named.contains(ref) && Blobs.text(ByteBuffer.wrap(descriptor)).equals("d");
            },
            ledger);
    BlobRef yes = Blobs.put(store, Blobs.bytes(1, 50_000), "d");
    BlobRef no = Blobs.put(store, Blobs.bytes(2, 50_000), "d");
    named.add(yes);
    for (BlobRef ref : List.of(yes, no)) {
      store.leaveOpen(ref, Blobs.descriptor("d"));
    }
    assertThatIllegalStateException().isThrownBy(() -> store.decide());
    assertThat(filesUnder("incoming")).hasSize(2);
    answers[0] = true;
    store.decide();
    assertThat(filesUnder("incoming")).isEmpty();
    assertThat(filesUnder("chunks")).hasSize(1);
    assertThat(Blobs.get(store, yes)).isEqualTo(Blobs.bytes(1, 50_000));
  }
}
