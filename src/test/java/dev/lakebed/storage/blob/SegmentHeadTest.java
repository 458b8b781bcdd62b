package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame;
import dev.lakebed.storage.blob.volume.RecordFrame.BlockChecksums;
import dev.lakebed.storage.blob.volume.SegmentHeader;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A damaged head of a segment costs nothing: the records behind it are checked by themselves. */
class SegmentHeadTest {
  private static final Path DATA = Path.of("/data");
  private static final VolumeDirectory DIRECTORY = VolumeDirectory.of(DATA, 0);
  private static final int BITS = SegmentHeader.BYTES * Byte.SIZE;

  /** Visits each byte, and in turn each bit of a byte. */
  private static final int STEP = 5;

  private static final Logger RECOVERY =
      Logger.getLogger("dev.lakebed.storage.blob.volume.Recovery");

  /** A store with a few small objects in one segment. */
  private static final class Stored {
    final RecordedFileLayer files;
    final MemoryLedger ledger;
    final Map<BlobRef, byte[]> objects;

    Stored(RecordedFileLayer files, MemoryLedger ledger, Map<BlobRef, byte[]> objects) {
      this.files = files;
      this.ledger = ledger;
      this.objects = objects;
    }

    Stored copy() {
      return new Stored(files.copy(), ledger.copy(), objects);
    }

    Path segment() {
      return DIRECTORY.segment(objects.keySet().iterator().next().file());
    }

    byte[] bytes() throws IOException {
      try (StorageFile file = files.openForReading(segment())) {
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        file.read(all, 0);
        return all.array();
      }
    }

    /** Changes the head on disk. */
    Stored head(Consumer<ByteBuffer> change) throws IOException {
      ByteBuffer head = ByteBuffer.allocate(SegmentHeader.BYTES);
      try (StorageFile file = files.openForWriting(segment())) {
        file.read(head, 0);
        change.accept(head.clear());
        file.write(head.clear(), 0);
      }
      return this;
    }

    SegmentedBlobStore open() throws IOException {
      return SegmentedBlobStore.open(Blobs.settings(DATA), Blobs.NONE_NAMED, ledger, files);
    }
  }

  private Stored stored;

  @BeforeEach
  void store() throws IOException {
    stored = killed(7);
  }

  /** What a server leaves that is killed: its last segment is not cut. */
  private static Stored killed(int seed) throws IOException {
    Stored running = new Stored(new RecordedFileLayer(), new MemoryLedger(), new LinkedHashMap<>());
    try (SegmentedBlobStore store = running.open()) {
      for (int length : new int[] {3000, 20_000, 1, 100}) {
        byte[] bytes = Blobs.bytes(seed + length, length);
        running.objects.put(Blobs.put(store, bytes, "object of " + length), bytes);
      }
      return running.copy();
    }
  }

  /** The same as earlier builds wrote it, which drew the nonce by lot. */
  private static Stored byLot(int version) throws IOException {
    Stored earlier = killed(7);
    long nonce = 0x1234_5678_9abc_def0L;
    earlier.head(
        head -> {
          head.putInt(4, version).putLong(16, nonce);
          head.putInt(60, BlockChecksums.sum(head.slice(0, 60)));
        });
    try (StorageFile file = earlier.files.openForWriting(earlier.segment())) {
      for (BlobRef ref : earlier.objects.keySet()) {
        ByteBuffer frame = ByteBuffer.allocate(RecordFrame.BYTES);
        file.read(frame, ref.offset());
        frame.putLong(24, nonce).putInt(44, BlockChecksums.sum(frame.slice(0, 44)));
        file.write(frame.clear(), ref.offset());
      }
    }
    return earlier;
  }

  private static Consumer<ByteBuffer> flipping(int bit) {
    return head -> head.put(bit / 8, (byte) (head.get(bit / 8) ^ (1 << (bit % 8))));
  }

  /** As a server finds it at its start, and as one that has not opened the segment yet. */
  private static void assertNothingLost(Stored whole, Consumer<ByteBuffer> damage, String what)
      throws IOException {
    Stored before = whole.copy().head(damage);
    try (SegmentedBlobStore store = before.open()) {
      assertReadable(before, store, what + ", before the start");
    }
    Stored later = whole.copy();
    try (SegmentedBlobStore store = later.open()) {
      later.head(damage);
      assertReadable(later, store, what + ", while a server runs");
    }
  }

  private static void assertReadable(Stored at, SegmentedBlobStore store, String what)
      throws IOException {
    for (Map.Entry<BlobRef, byte[]> object : at.objects.entrySet()) {
      assertThat(Blobs.get(store, object.getKey())).as(what).isEqualTo(object.getValue());
    }
    byte[] fresh = Blobs.bytes(1, 500);
    BlobRef added = Blobs.put(store, fresh, "new");
    assertThat(Blobs.get(store, added)).as(what).isEqualTo(fresh);
    List<BlobRef> all = new ArrayList<>(at.objects.keySet());
    all.add(added);
    assertThat(Blobs.scan(store)).as(what).allMatch(StoredBlob::intact);
    assertThat(Blobs.scan(store).stream().map(StoredBlob::ref))
        .as(what)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  private static void assertRefused(Stored at, String what) throws IOException {
    byte[] before = at.bytes();
    try (SegmentedBlobStore store = at.open()) {
      for (BlobRef ref : at.objects.keySet()) {
        assertThatExceptionOfType(CorruptBlobException.class)
            .as(what)
            .isThrownBy(() -> Blobs.get(store, ref));
      }
      assertThat(Blobs.scan(store)).as(what).isEmpty();
      byte[] fresh = Blobs.bytes(1, 500);
      assertThat(Blobs.get(store, Blobs.put(store, fresh, "new"))).as(what).isEqualTo(fresh);
    }
    assertThat(at.bytes()).as(what).isEqualTo(before);
  }

  @BeforeAll
  static void quiet() {
    RECOVERY.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    RECOVERY.setLevel(null);
  }

  @Test
  void every_bit_of_a_head_that_an_earlier_build_wrote_is_found_again() throws IOException {
    Stored earlier = byLot(1);
    BlobRef ref = earlier.objects.keySet().iterator().next();
    UUID volume = UUID.fromString("11111111-2222-4333-8444-555555555555");
    SegmentHeader header = new SegmentHeader(ref.file(), 0x1234_5678_9abc_def0L, volume);
    for (int bit = 0; bit < BITS; bit++) {
      earlier.head(head -> head.put(header.encode())).head(flipping(bit));
      try (StorageFile file = earlier.files.openForReading(earlier.segment())) {
        StoredHead head = StoredHead.read(file, volume, ref.file());
        assertThat(head.header()).as("bit " + bit).isEqualTo(header);
        assertThat(head.damage()).isEqualTo("1 of the 64 bytes of its head, from byte " + bit / 8);
      }
    }
  }

  @Test
  void no_flipped_bit_of_a_head_costs_an_object() throws IOException {
    for (int bit = 0; bit < BITS; bit++) {
      assertNothingLost(stored, flipping(bit), "bit " + bit);
    }
  }

  @Test
  void no_flipped_bit_of_a_head_that_an_earlier_build_wrote_costs_an_object() throws IOException {
    Stored earlier = byLot(1);
    for (int bit = 0; bit < BITS; bit += STEP) {
      assertNothingLost(earlier, flipping(bit), "bit " + bit);
    }
  }

  @Test
  void no_damaged_byte_of_a_head_costs_an_object() throws IOException {
    Stored earlier = byLot(1);
    for (int i = 0; i < SegmentHeader.BYTES; i++) {
      int at = i;
      Consumer<ByteBuffer> damage = head -> head.put(at, (byte) ~head.get(at));
      assertNothingLost(stored, damage, "byte " + at);
      assertNothingLost(earlier, damage, "byte " + at + " of an earlier build");
    }
  }

  @Test
  void head_that_is_lost_as_a_whole_costs_no_object() throws IOException {
    assertNothingLost(stored, head -> head.put(new byte[SegmentHeader.BYTES]), "zeros");
    for (int seed = 0; seed < 20; seed++) {
      byte[] noise = Blobs.bytes(seed, SegmentHeader.BYTES);
      assertNothingLost(stored, head -> head.put(0, noise), "noise " + seed);
    }
  }

  @Test
  void segment_of_another_volume_is_neither_served_nor_changed_whichever_bit_it_lost()
      throws IOException {
    Stored other = killed(8);
    assertThat(other.objects.keySet().stream().map(BlobRef::file))
        .containsExactlyElementsOf(stored.objects.keySet().stream().map(BlobRef::file).toList());
    byte[] foreign = other.bytes();
    for (int bit = -1; bit < BITS; bit += STEP) {
      Stored here = stored.copy();
      try (StorageFile file = here.files.openForWriting(here.segment())) {
        file.truncate(0);
        file.write(ByteBuffer.wrap(foreign), 0);
      }
      assertRefused(bit < 0 ? here : here.head(flipping(bit)), "bit " + bit);
    }
  }

  @Test
  void segment_of_another_number_is_not_served() throws IOException {
    Stored renamed = stored.copy();
    BlobRef first = stored.objects.keySet().iterator().next();
    Path other = DIRECTORY.segment(first.file() + 1000);
    renamed.files.rename(renamed.segment(), other);
    BlobRef ref =
        new BlobRef(first.kind(), first.volume(), first.file() + 1000, 64, first.length());
    try (SegmentedBlobStore store = renamed.open()) {
      assertThatExceptionOfType(CorruptBlobException.class)
          .isThrownBy(() -> Blobs.get(store, ref))
          .withMessageContaining("has the head of segment");
    }
  }

  @Test
  void segment_of_a_newer_format_is_neither_served_nor_changed_whichever_bit_it_lost()
      throws IOException {
    Stored newer = byLot(2);
    assertRefused(newer.copy(), "whole");
    try (SegmentedBlobStore store = newer.copy().open()) {
      assertThatExceptionOfType(CorruptBlobException.class)
          .isThrownBy(() -> Blobs.get(store, newer.objects.keySet().iterator().next()))
          .withMessageContaining("has format 2, this server knows 1");
    }
    for (int bit = 0; bit < BITS; bit += STEP) {
      assertRefused(newer.copy().head(flipping(bit)), "bit " + bit);
    }
  }

  @Test
  void segment_cut_short_keeps_what_lies_before() throws IOException {
    BlobRef last = List.copyOf(stored.objects.keySet()).getLast();
    for (int size : new int[] {0, 1, 63, 64, 65, 100, 4000, (int) last.offset() + 20}) {
      Stored cut = stored.copy();
      try (StorageFile file = cut.files.openForWriting(cut.segment())) {
        file.truncate(size);
      }
      if (size >= SegmentHeader.BYTES) {
        cut.head(flipping(77));
      }
      try (SegmentedBlobStore store = cut.open()) {
        for (Map.Entry<BlobRef, byte[]> object : cut.objects.entrySet()) {
          BlobRef ref = object.getKey();
          long blocks = RecordFrame.blocks(ref.length(), 12);
          if (ref.offset() + RecordFrame.BYTES + 4 * blocks + ref.length() <= size) {
            assertThat(Blobs.get(store, ref)).as("size " + size).isEqualTo(object.getValue());
          } else {
            assertThatExceptionOfType(CorruptBlobException.class)
                .as("size " + size)
                .isThrownBy(() -> Blobs.get(store, ref));
          }
        }
        assertThat(Blobs.get(store, Blobs.put(store, new byte[9], "new"))).hasSize(9);
      }
    }
  }

  @Test
  void segment_without_records_whose_head_is_damaged_is_removed() throws IOException {
    Stored empty = stored.copy();
    try (StorageFile file = empty.files.openForWriting(empty.segment())) {
      file.truncate(SegmentHeader.BYTES);
    }
    empty.head(flipping(99));
    empty.open().close();
    assertThat(empty.files.exists(empty.segment())).isFalse();
  }

  @Test
  void nonce_tells_volumes_and_numbers_apart() {
    UUID volume = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    long nonce = SegmentHeader.of(volume, 1).nonce();
    assertThat(SegmentHeader.of(volume, 1).nonce()).isEqualTo(nonce);
    assertThat(SegmentHeader.of(volume, 2).nonce()).isNotEqualTo(nonce);
    assertThat(SegmentHeader.of(other, 1).nonce()).isNotEqualTo(nonce);
  }
}
