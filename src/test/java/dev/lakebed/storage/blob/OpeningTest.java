package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lakebed.storage.blob.MemoryLedger.State;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.FileLayer.DataDirectoryInUseException;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeLedger.VolumeMismatchException;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Data directory not writable or owned by another server, or newer than the code: one clear
 * sentence, data untouched" (foundation issue, bad input).
 */
class OpeningTest {
  @TempDir private Path data;
  private final MemoryLedger ledger = new MemoryLedger();

  private SegmentedBlobStore open() throws IOException {
    return SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger);
  }

  private Path identity() {
    return data.resolve("volumes/0/volume");
  }

  @Test
  void second_server_is_refused_until_the_first_is_closed() throws IOException {
    try (SegmentedBlobStore first = open()) {
      assertThatExceptionOfType(DataDirectoryInUseException.class)
          .isThrownBy(this::open)
          .withMessageContaining(data.toString());
      Blobs.put(first, new byte[10], "d");
    }
    open().close();
  }

  @Test
  void volume_keeps_its_identity_and_never_uses_a_number_twice() throws IOException {
    BlobRef first;
    try (SegmentedBlobStore store = open()) {
      first = Blobs.put(store, new byte[10], "d");
    }
    String uuid = Files.readAllLines(identity()).get(1);
    try (SegmentedBlobStore store = open()) {
      assertThat(Blobs.put(store, new byte[10], "d").file()).isGreaterThan(first.file());
    }
    String opening = "opening " + ledger.volumes().getFirst().opened().opening();
    assertThat(Files.readAllLines(identity()))
        .containsExactly("lakebed-volume 3", uuid, "epoch 2", opening);
  }

  @Test
  void newer_format_is_refused_and_left_alone() throws IOException {
    open().close();
    Files.writeString(identity(), "lakebed-volume 4\nsomething else\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::open)
        .withMessageContaining("volume has format 4, this server knows 3");
    assertThat(identity()).hasContent("lakebed-volume 4\nsomething else\n");
  }

  @Test
  void damaged_identity_is_refused() throws IOException {
    open().close();
    for (String text :
        new String[] {
          "",
          "x",
          "lakebed-volume 3\nuuid 1\nepoch 1\n",
          "lakebed-volume 3\nuuid " + UUID.randomUUID() + "\nepoch 1\n",
          "lakebed-volume 2\nuuid " + "-".repeat(36) + "\nepoch 1\n"
        }) {
      Files.writeString(identity(), text);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(this::open)
          .withMessageContaining("identity file of a volume");
    }
  }

  @Test
  void identity_that_lost_a_bit_is_refused_and_can_be_written_again() throws IOException {
    open().close();
    BlobRef ref;
    try (SegmentedBlobStore store = open()) {
      ref = Blobs.put(store, Blobs.bytes(1, 1000), "d");
    }
    byte[] whole = Files.readAllBytes(identity());
    String uuid = Files.readAllLines(identity()).get(1);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(identity(), damaged);
      assertThatExceptionOfType(IOException.class)
          .as("bit %d", bit)
          .isThrownBy(this::open)
          .withMessageContaining(uuid.substring("uuid ".length()));
      assertThat(identity()).hasBinaryContent(damaged);
    }
    UUID opening = ledger.volumes().getFirst().opened().opening();
    Files.writeString(
        identity(), "lakebed-volume 3\n" + uuid + "\nepoch 2\nopening " + opening + "\n");
    try (SegmentedBlobStore store = open()) {
      assertThat(Blobs.get(store, ref)).isEqualTo(Blobs.bytes(1, 1000));
    }
  }

  @Test
  void volume_that_has_files_but_lost_its_identity_is_refused() throws IOException {
    try (SegmentedBlobStore store = open()) {
      Blobs.put(store, new byte[10], "d");
    }
    Files.delete(identity());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::open)
        .withMessageContaining("files but no identity");
  }

  @Test
  void failing_orphan_check_stops_the_start_and_keeps_the_blob() throws IOException {
    BlobRef ref;
    try (SegmentedBlobStore store = open()) {
      ref = Blobs.put(store, Blobs.bytes(1, 50_000), "d");
    }
    OrphanCheck unreachable =
        (orphan, descriptor) -> {
          throw new IllegalStateException("database unreachable");
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> SegmentedBlobStore.open(Blobs.settings(data), unreachable, ledger));
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(
            Blobs.settings(data),
            (orphan, descriptor) ->
                orphan.equals(ref) && java.util.Arrays.equals(descriptor, Blobs.descriptor("d")),
            ledger)) {
      assertThat(Blobs.get(store, ref)).isEqualTo(Blobs.bytes(1, 50_000));
    }
  }

  @Test
  @Evidence("promise-7")
  void opening_after_a_crash_looks_only_at_what_was_under_way() throws IOException {
    RecordedFileLayer files = new RecordedFileLayer();
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger, files)) {
      for (int i = 0; i < 100; i++) {
        Blobs.put(store, Blobs.bytes(i, 30_000), "d");
        store.confirm(Blobs.put(store, Blobs.bytes(i, 40_000), "d"));
      }
      Blobs.put(store, Blobs.bytes(1, 40_000), "not confirmed");
      RecordedFileLayer crashed = files.copy();
      SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, ledger, crashed).close();
      // Three segments, one chunk, the identity read and written.
      assertThat(crashed.filesOpened()).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void references_come_back_from_their_binary_form() {
    for (BlobRef.Kind kind : BlobRef.Kind.values()) {
      BlobRef ref = new BlobRef(kind, Long.MIN_VALUE + 1, 1L << 40, 77, 99);
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(BlobRef.ENCODED_BYTES);
      ref.encode(bytes);
      assertThat(BlobRef.decode(bytes.flip())).isEqualTo(ref);
    }
  }

  @Test
  void volume_that_is_missing_is_refused_and_none_is_made() throws IOException {
    open().close();
    Path mounted = data.resolve("volumes");
    Path away = data.resolve("away");
    Files.move(mounted, away);
    assertRefused("holds none; is its disk mounted?");
    assertThat(mounted).doesNotExist();
    Files.move(away, mounted);
    open().close();
  }

  @Test
  void volume_of_another_database_is_refused_and_left_alone() throws IOException {
    open().close();
    String before = Files.readString(identity());
    MemoryLedger other = new MemoryLedger();
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(() -> SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, other))
        .withMessageContaining("has never seen");
    Path elsewhere = data.resolve("elsewhere");
    SegmentedBlobStore.open(Blobs.settings(elsewhere), Blobs.NONE_NAMED, other).close();
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(() -> SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, other))
        .withMessageContaining("the database belongs to volume");
    assertThat(identity()).hasContent(before);
  }

  @Test
  void second_volume_on_a_database_is_refused_and_not_made() throws IOException {
    open().close();
    Path second = data.resolve("second");
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(() -> SegmentedBlobStore.open(Blobs.settings(second), Blobs.NONE_NAMED, ledger))
        .withMessageContaining("is its disk mounted?");
    assertThat(second.resolve("volumes")).doesNotExist();
  }

  @Test
  void older_copy_of_volume_or_database_is_refused_and_left_alone() throws IOException {
    open().close();
    String oldIdentity = Files.readString(identity());
    MemoryLedger oldLedger = ledger.copy();
    open().close();
    String newIdentity = Files.readString(identity());
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(
            () -> SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, oldLedger))
        .withMessageContaining("was opened 2 times, but the database remembers 1");
    assertThat(identity()).hasContent(newIdentity);
    Files.writeString(identity(), oldIdentity);
    assertRefused("was opened 1 times, but the database remembers 2");
    assertThat(identity()).hasContent(oldIdentity);
  }

  /** One backup, two stores made of it, and one half of each. */
  @Test
  void halves_of_two_copies_that_were_opened_equally_often_are_refused() throws IOException {
    open().close();
    String backup = Files.readString(identity());
    MemoryLedger copy = ledger.copy();
    open().close();
    String mine = Files.readString(identity());
    Files.writeString(identity(), backup);
    SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, copy).close();
    assertRefused("they were opened beside other copies");
    Files.writeString(identity(), mine);
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(() -> SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, copy))
        .withMessageContaining("they were opened beside other copies");
    open().close();
  }

  @Test
  void volume_of_a_build_that_gave_openings_no_name_is_opened() throws IOException {
    UUID volume = UUID.randomUUID();
    VolumeIdentity known = new VolumeIdentity(volume, 7, VolumeIdentity.NO_NAME);
    open().close();
    Files.writeString(identity(), "lakebed-volume 2\nuuid " + volume + "\nepoch 7\n");
    State state = new State(Optional.of(new VolumeLedger.Entry(known, known)), null);
    MemoryLedger earlier = new MemoryLedger(state, change -> {});
    SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, earlier).close();
    assertThat(Files.readAllLines(identity())).startsWith("lakebed-volume 3").contains("epoch 8");
  }

  @Test
  void opening_that_another_server_has_overtaken_is_refused() {
    VolumeLedger overtaken =
        new VolumeLedger() {
          @Override
          public List<Entry> volumes() {
            return ledger.volumes();
          }

          @Override
          public boolean announce(Opening opening) {
            boolean agreed = ledger.announce(opening);
            VolumeIdentity other = new VolumeIdentity(opening.next().uuid(), 1, UUID.randomUUID());
            ledger.announce(new Opening(opening.found(), other));
            return agreed;
          }

          @Override
          public boolean opened(Opening opening) {
            return ledger.opened(opening);
          }
        };
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(
            () -> SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, overtaken))
        .withMessageContaining("another server");
  }

  @Test
  void two_stores_give_no_reference_twice_and_follow_none_of_each_other() throws IOException {
    Path elsewhere = data.resolve("elsewhere");
    try (SegmentedBlobStore one = open();
        SegmentedBlobStore two =
            SegmentedBlobStore.open(
                Blobs.settings(elsewhere), Blobs.NONE_NAMED, new MemoryLedger())) {
      for (int length : new int[] {1000, 50_000}) {
        BlobRef mine = Blobs.put(one, Blobs.bytes(1, length), "d");
        BlobRef theirs = Blobs.put(two, Blobs.bytes(2, length), "d");
        assertThat(mine.file()).isEqualTo(theirs.file());
        assertThat(mine).isNotEqualTo(theirs);
        assertThatExceptionOfType(CorruptBlobException.class)
            .isThrownBy(() -> Blobs.get(one, theirs))
            .withMessageContaining("another volume");
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> one.release(theirs));
        assertThat(Blobs.get(one, mine)).isEqualTo(Blobs.bytes(1, length));
        assertThat(Blobs.get(two, theirs)).isEqualTo(Blobs.bytes(2, length));
      }
    }
  }

  @Test
  void segment_of_another_volume_is_not_read() throws IOException {
    Path elsewhere = data.resolve("elsewhere");
    BlobRef mine;
    try (SegmentedBlobStore one = open();
        SegmentedBlobStore two =
            SegmentedBlobStore.open(
                Blobs.settings(elsewhere), Blobs.NONE_NAMED, new MemoryLedger())) {
      mine = Blobs.put(one, Blobs.bytes(1, 1000), "d");
      Blobs.put(two, Blobs.bytes(2, 1000), "d");
    }
    Path segment = VolumeDirectory.of(data, 0).segment(mine.file());
    Files.copy(
        VolumeDirectory.of(elsewhere, 0).segment(mine.file()),
        segment,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (SegmentedBlobStore one = open()) {
      assertThatExceptionOfType(CorruptBlobException.class)
          .isThrownBy(() -> Blobs.get(one, mine))
          .withMessageContaining("belongs to volume");
    }
  }

  private void assertRefused(String words) {
    assertThatExceptionOfType(VolumeMismatchException.class)
        .isThrownBy(this::open)
        .withMessageContaining(words);
  }
}
