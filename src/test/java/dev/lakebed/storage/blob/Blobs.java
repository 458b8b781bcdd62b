package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import dev.lakebed.storage.blob.volume.VolumeScan.StoredBlob;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the tests of this package do again and again. */
final class Blobs {
  static final OrphanCheck NONE_NAMED = (ref, descriptor) -> false;

  private Blobs() {}

  /** Settings with small limits: blocks of 4 KiB, small blobs up to 32 KiB. */
  static VolumeSettings settings(Path data) {
    return new VolumeSettings(
        data, 4096, 32 * 1024, 256 * 1024, 1024 * 1024, 1024 * 1024, 16 * 1024, 64, 4);
  }

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] descriptor(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(ByteBuffer descriptor) {
    return StandardCharsets.UTF_8.decode(descriptor.duplicate()).toString();
  }

  static BlobRef put(BlobStore store, byte[] bytes, String descriptor) throws IOException {
    try (BlobWriter writer = store.begin(bytes.length)) {
      writer.write(bytes, 0, bytes.length);
      return writer.commit(descriptor(descriptor));
    }
  }

  static byte[] get(BlobStore store, BlobRef ref) throws IOException {
    return get(store, ref, 0, ref.length());
  }

  static byte[] get(BlobStore store, BlobRef ref, long offset, long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.read(ref, offset, length, out);
    return out.toByteArray();
  }

  static List<StoredBlob> scan(SegmentedBlobStore store) throws IOException {
    List<StoredBlob> found = new ArrayList<>();
    store.scan(found::add);
    return found;
  }
}
