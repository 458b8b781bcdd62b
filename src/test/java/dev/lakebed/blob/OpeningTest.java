package dev.lakebed.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Data directory not writable or owned by another server, or newer than the code: one clear
 * sentence, data untouched" (foundation issue, bad input).
 */
class OpeningTest {
  @TempDir private Path data;

  private SegmentedBlobStore open() throws IOException {
    return SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED);
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
    assertThat(Files.readAllLines(identity())).containsExactly("lakebed-volume 1", uuid, "epoch 2");
  }

  @Test
  void newer_format_is_refused_and_left_alone() throws IOException {
    open().close();
    Files.writeString(identity(), "lakebed-volume 2\nsomething else\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::open)
        .withMessageContaining("volume has format 2, this server knows 1");
    assertThat(identity()).hasContent("lakebed-volume 2\nsomething else\n");
  }

  @Test
  void damaged_identity_is_refused() throws IOException {
    open().close();
    for (String text : new String[] {"", "x", "lakebed-volume 1\nuuid 1\nepoch 1\n"}) {
      Files.writeString(identity(), text);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(this::open)
          .withMessageContaining("identity file of a volume");
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
        .isThrownBy(() -> SegmentedBlobStore.open(Blobs.settings(data), unreachable));
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(
            Blobs.settings(data),
            (orphan, descriptor) ->
                orphan.equals(ref) && java.util.Arrays.equals(descriptor, Blobs.descriptor("d")))) {
      assertThat(Blobs.get(store, ref)).isEqualTo(Blobs.bytes(1, 50_000));
    }
  }

  @Test
  void opening_after_a_crash_looks_only_at_what_was_under_way() throws IOException {
    RecordedFileLayer files = new RecordedFileLayer();
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, files)) {
      for (int i = 0; i < 100; i++) {
        Blobs.put(store, Blobs.bytes(i, 30_000), "d");
        store.confirm(Blobs.put(store, Blobs.bytes(i, 40_000), "d"));
      }
      Blobs.put(store, Blobs.bytes(1, 40_000), "not confirmed");
      RecordedFileLayer crashed = files.copy();
      SegmentedBlobStore.open(Blobs.settings(data), Blobs.NONE_NAMED, crashed).close();
      // Three segments, one chunk, the identity read and written.
      assertThat(crashed.filesOpened()).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void references_come_back_from_their_binary_form() {
    for (BlobRef.Kind kind : BlobRef.Kind.values()) {
      BlobRef ref = new BlobRef(kind, 0xffff, 1L << 40, 77, 99);
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(BlobRef.ENCODED_BYTES);
      ref.encode(bytes);
      assertThat(BlobRef.decode(bytes.flip())).isEqualTo(ref);
    }
  }
}
