package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.FreeSpace;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import dev.lakebed.support.CapturedLog;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A full or failing disk gives clear errors, nothing acknowledged is lost, and writes are taken
 * again without hands.
 */
@Evidence("promise-6")
class VolumeFailureTest {
  private static final VolumeDirectory DIRECTORY = VolumeDirectory.of(Path.of("/data"), 0);

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
    files.failWhen(event -> false);
    store.close();
  }

  private void assertRefused(int length) {
    assertThatExceptionOfType(VolumeUnavailableException.class)
        .isThrownBy(() -> Blobs.put(store, Blobs.bytes(1, length), "refused"));
  }

  private void assertTaken(int length) throws IOException {
    byte[] bytes = Blobs.bytes(length, length);
    assertThat(Blobs.get(store, Blobs.put(store, bytes, "taken"))).isEqualTo(bytes);
  }

  @Test
  void writes_are_refused_below_the_reserve_and_taken_again_when_there_is_space()
      throws IOException {
    byte[] bytes = Blobs.bytes(3, 1000);
    BlobRef before = Blobs.put(store, bytes, "before");
    files.setUsableSpace(Blobs.settings(Path.of("/data")).reserveBytes() - 1);
    assertThatExceptionOfType(VolumeUnavailableException.class)
        .isThrownBy(() -> store.begin(10))
        .withMessageContaining("volume 0 is full");
    assertThat(Blobs.get(store, before)).isEqualTo(bytes);
    files.setUsableSpace(Long.MAX_VALUE);
    assertTaken(1000);
  }

  @Test
  void the_log_says_once_why_writes_are_refused() {
    files.setUsableSpace(0);
    try (CapturedLog log = new CapturedLog(FreeSpace.class.getName())) {
      assertRefused(10);
      assertRefused(10);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARNING /data/volumes/0 takes no writes: 0 MiB are free, and the last ");
    }
  }

  @Test
  void long_blob_stops_when_the_reserve_is_reached_and_leaves_nothing() throws IOException {
    try (BlobWriter writer = store.begin(-1)) {
      writer.write(new byte[50_000], 0, 50_000);
      files.setUsableSpace(0);
      assertThatExceptionOfType(VolumeUnavailableException.class)
          .isThrownBy(() -> writer.write(new byte[500_000], 0, 500_000));
      assertThatExceptionOfType(VolumeUnavailableException.class)
          .isThrownBy(() -> writer.commit(new byte[0]));
    }
    assertThat(files.list(DIRECTORY.incoming())).isEmpty();
  }

  @Test
  void failed_write_fails_the_blob_and_the_next_one_is_taken() throws IOException {
    for (int length : new int[] {1000, 100_000}) {
      files.failWhen(event -> event instanceof FileEvent.Write);
      assertRefused(length);
      files.failWhen(event -> false);
      assertTaken(length);
    }
    assertThat(files.list(DIRECTORY.incoming())).hasSize(1);
    assertThat(Blobs.scan(store)).hasSize(1);
  }

  @Test
  void segment_whose_sync_failed_is_never_appended_to_again() throws IOException {
    byte[] bytes = Blobs.bytes(3, 1000);
    BlobRef before = Blobs.put(store, bytes, "before");
    files.failWhen(event -> event instanceof FileEvent.Force);
    assertRefused(1000);
    files.failWhen(event -> false);
    BlobRef after = Blobs.put(store, bytes, "after");
    assertThat(after.file()).isNotEqualTo(before.file());
    assertThat(Blobs.get(store, before)).isEqualTo(bytes);
    assertThat(Blobs.get(store, after)).isEqualTo(bytes);
    assertThat(Blobs.scan(store)).hasSize(2);
  }

  @Test
  void long_blob_whose_sync_failed_is_removed() throws IOException {
    files.failWhen(event -> event instanceof FileEvent.Force);
    assertRefused(40_000);
    files.failWhen(event -> event instanceof FileEvent.SyncDirectory);
    assertRefused(40_000);
    files.failWhen(event -> false);
    assertThat(files.list(DIRECTORY.incoming())).isEmpty();
    assertTaken(40_000);
  }

  @Test
  void file_of_a_failed_write_that_could_not_be_removed_goes_with_a_later_write()
      throws IOException {
    files.failWhen(event -> event instanceof FileEvent.Force || event instanceof FileEvent.Delete);
    assertRefused(40_000);
    assertThat(files.list(DIRECTORY.incoming())).hasSize(1);
    files.failWhen(event -> event instanceof FileEvent.Delete);
    assertTaken(40_000);
    assertThat(files.list(DIRECTORY.incoming())).hasSize(2);
    files.failWhen(event -> false);
    assertTaken(50_000);
    assertThat(files.list(DIRECTORY.incoming())).as("those that were taken").hasSize(2);
  }

  @Test
  void disk_that_takes_no_files_refuses_and_recovers() throws IOException {
    files.failWhen(event -> event instanceof FileEvent.Create);
    assertRefused(1000);
    assertRefused(100_000);
    files.failWhen(event -> false);
    assertTaken(1000);
    assertTaken(100_000);
  }

  @Test
  void failed_confirm_keeps_the_blob_readable_and_the_next_start_confirms_it() throws IOException {
    byte[] bytes = Blobs.bytes(4, 50_000);
    BlobRef ref = Blobs.put(store, bytes, "named");
    files.failWhen(event -> event instanceof FileEvent.Rename);
    store.confirm(ref);
    files.failWhen(event -> false);
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
    store.close();
    store =
        SegmentedBlobStore.open(
            Blobs.settings(Path.of("/data")),
            (named, descriptor) -> named.equals(ref),
            ledger,
            files);
    assertThat(files.exists(DIRECTORY.chunk(ref.file()))).isTrue();
    assertThat(Blobs.get(store, ref)).isEqualTo(bytes);
  }

  @Test
  void released_chunk_is_gone_only_when_its_directory_was_synced() throws IOException {
    BlobRef ref = Blobs.put(store, Blobs.bytes(4, 50_000), "named");
    BlobRef other = Blobs.put(store, Blobs.bytes(5, 50_000), "named");
    store.confirm(ref);
    store.confirm(other);
    Path directory = DIRECTORY.chunk(ref.file()).getParent();
    files.failWhen(event -> event instanceof FileEvent.Delete);
    assertThat(store.remove(List.of(ref, other))).isEmpty();
    files.failWhen(event -> event.equals(new FileEvent.SyncDirectory(directory)));
    assertThat(store.remove(List.of(ref))).isEmpty();
    assertThat(files.exists(DIRECTORY.chunk(ref.file()))).isFalse();
    int before = files.log().size();
    files.failWhen(event -> false);
    assertThat(store.remove(List.of(ref, other))).containsExactlyInAnyOrder(ref, other);
    assertThat(files.log().subList(before, files.log().size()))
        .contains(new FileEvent.SyncDirectory(directory));
  }
}
