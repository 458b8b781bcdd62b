package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.SegmentHeader;
import dev.lakebed.storage.blob.volume.SegmentHeads;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.support.CapturedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damaged heads of segments are reported, a bounded number by name, and written again. */
class SegmentHeadsTest {
  private static final Path DATA = Path.of("/data");
  private static final VolumeDirectory DIRECTORY = VolumeDirectory.of(DATA, 0);

  private final RecordedFileLayer files = new RecordedFileLayer();
  private final MemoryLedger ledger = new MemoryLedger();

  private SegmentedBlobStore open() throws IOException {
    return SegmentedBlobStore.open(Blobs.settings(DATA), Blobs.NONE_NAMED, ledger, files);
  }

  /** One object in each of so many segments. */
  private List<BlobRef> put(int segments) throws IOException {
    List<BlobRef> refs = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      try (SegmentedBlobStore store = open()) {
        refs.add(Blobs.put(store, Blobs.bytes(i, 700), "d"));
      }
    }
    return refs;
  }

  private ByteBuffer head(BlobRef ref) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(SegmentHeader.BYTES);
    try (StorageFile file = files.openForReading(DIRECTORY.segment(ref.file()))) {
      file.read(head, 0);
    }
    return head.clear();
  }

  private void damage(BlobRef ref) throws IOException {
    ByteBuffer head = head(ref);
    head.put(20, (byte) (head.get(20) ^ 4)).put(41, (byte) 1);
    try (StorageFile file = files.openForWriting(DIRECTORY.segment(ref.file()))) {
      file.write(head, 0);
    }
  }

  private List<String> check(SegmentedBlobStore store) throws IOException {
    try (CapturedLog log = new CapturedLog(SegmentHeads.class.getName())) {
      store.checkSegments();
      return log.lines();
    }
  }

  private static String damaged(BlobRef ref) {
    return "WARNING segment "
        + DIRECTORY.segment(ref.file())
        + " was damaged, 2 of the 64 bytes of its head, from byte 20";
  }

  @Test
  void start_reports_the_damaged_head_of_the_last_run_and_writes_it_again() throws IOException {
    BlobRef ref = put(1).getFirst();
    ByteBuffer whole = head(ref);
    damage(ref);
    try (CapturedLog log = new CapturedLog("dev.lakebed.storage.blob.volume.Recovery");
        SegmentedBlobStore store = open()) {
      assertThat(log.lines())
          .containsExactly(
              damaged(ref) + ": written again, its records have checksums of their own");
      assertThat(Blobs.get(store, ref)).isEqualTo(Blobs.bytes(0, 700));
      assertThat(check(store)).isEmpty();
    }
    assertThat(head(ref)).isEqualTo(whole);
  }

  @Test
  void check_reports_damaged_heads_of_earlier_runs_once_and_writes_them_again() throws IOException {
    List<BlobRef> refs = put(4);
    ByteBuffer whole = head(refs.get(1));
    try (SegmentedBlobStore store = open()) {
      assertThat(check(store)).isEmpty();
      damage(refs.get(1));
      assertThat(check(store))
          .containsExactly(
              damaged(refs.get(1)) + ": written again, its records have checksums of their own");
      assertThat(check(store)).isEmpty();
      assertThat(Blobs.get(store, refs.get(1))).isEqualTo(Blobs.bytes(1, 700));
    }
    assertThat(head(refs.get(1))).isEqualTo(whole);
  }

  @Test
  void check_leaves_the_segments_alone_that_are_being_written() throws IOException {
    try (SegmentedBlobStore store = open()) {
      BlobRef ref = Blobs.put(store, Blobs.bytes(1, 700), "d");
      damage(ref);
      ByteBuffer before = head(ref);
      assertThat(check(store)).isEmpty();
      assertThat(head(ref)).isEqualTo(before);
    }
  }

  @Test
  void ten_damaged_heads_are_named_and_the_others_counted() throws IOException {
    List<BlobRef> refs = put(14);
    try (SegmentedBlobStore store = open()) {
      for (BlobRef ref : refs) {
        damage(ref);
      }
      List<String> lines = check(store);
      assertThat(lines).hasSize(11);
      assertThat(lines.subList(0, 10)).allMatch(line -> line.contains(" was damaged, 2 of"));
      assertThat(lines.getLast()).startsWith("WARNING {0} more segments");
      assertThat(check(store)).isEmpty();
    }
  }

  @Test
  void head_that_cannot_be_written_stops_neither_the_start_nor_a_read() throws IOException {
    List<BlobRef> refs = put(5);
    for (BlobRef ref : refs) {
      damage(ref);
    }
    files.failWhen(
        event ->
            event instanceof FileEvent.Write write
                && write.position() == 0
                && write.bytes().length() == SegmentHeader.BYTES);
    try (SegmentedBlobStore store = open()) {
      assertThat(check(store))
          .hasSize(5)
          .allMatch(line -> line.contains("its records are read without it"));
      for (int i = 0; i < refs.size(); i++) {
        assertThat(Blobs.get(store, refs.get(i))).isEqualTo(Blobs.bytes(i, 700));
      }
    }
  }

  @Test
  void head_without_any_record_behind_it_is_not_written() throws IOException {
    List<BlobRef> refs = put(5);
    BlobRef ref = refs.getFirst();
    try (StorageFile file = files.openForWriting(DIRECTORY.segment(ref.file()))) {
      file.write(ByteBuffer.wrap(Blobs.bytes(3, (int) file.size())), 0);
    }
    ByteBuffer before = head(ref);
    try (SegmentedBlobStore store = open()) {
      assertThat(check(store))
          .containsExactly(
              "WARNING no head and no record of segment " + DIRECTORY.segment(ref.file()));
    }
    assertThat(head(ref)).isEqualTo(before);
  }
}
