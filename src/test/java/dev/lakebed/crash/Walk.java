package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects.ListQuery;
import dev.lakebed.storage.metadata.object.Objects.Listed;
import dev.lakebed.storage.metadata.object.Objects.Page;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Goes through everything that the database names and every file of the volume: what is named can
 * be read and is what its ETag says, and no file is there that nothing names.
 */
final class Walk {
  private static final int MOST = 1_000_000;

  private final Stores stores;
  private final Set<String> named = new HashSet<>();
  private int objects;
  private int parts;
  private int files;

  private Walk(Stores stores) {
    this.stores = stores;
  }

  /** Takes the walk, while nobody writes; tells what it met. */
  static String through(Stores stores) throws IOException {
    Walk walk = new Walk(stores);
    for (Bucket bucket : stores.metadata().buckets().list(Optional.empty(), "", "", MOST)) {
      walk.objects(bucket);
      walk.uploads(bucket);
    }
    walk.released();
    walk.files();
    return "%d objects, %d parts, %d files".formatted(walk.objects, walk.parts, walk.files);
  }

  private void objects(Bucket bucket) throws IOException {
    Page page =
        stores.metadata().objects().list(new ListQuery(bucket.id(), "", "", "", false, 1000));
    assertThat(page.truncated()).isFalse();
    for (var entry : page.entries()) {
      String key = ((Listed) entry).object().key();
      object(stores.metadata().objects().find(bucket.id(), key).orElseThrow());
      objects++;
    }
  }

  private void object(StoredObject object) throws IOException {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    List<byte[]> contents = new ArrayList<>();
    for (Chunk chunk : object.chunks()) {
      byte[] content = read(chunk.ref(), "object " + object.key());
      contents.add(content);
      digests.writeBytes(Content.md5(content));
    }
    assertThat(contents.stream().mapToLong(content -> content.length).sum())
        .as("length of %s", object.key())
        .isEqualTo(object.size());
    if (object.etag().contains("-")) {
      assertThat(HexFormat.of().formatHex(Content.md5(digests.toByteArray())))
          .as("content of %s", object.key())
          .isEqualTo(object.etag().replaceFirst("-.*", ""));
    } else {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      contents.forEach(whole::writeBytes);
      assertThat(HexFormat.of().formatHex(Content.md5(whole.toByteArray())))
          .as("content of %s", object.key())
          .isEqualTo(object.etag());
    }
  }

  private void uploads(Bucket bucket) throws IOException {
    var query = new Uploads.ListQuery(bucket.id(), "", "", "", Optional.empty(), 1000);
    var page = stores.metadata().uploads().list(query);
    assertThat(page.truncated()).isFalse();
    for (Upload upload : page.uploads()) {
      for (StoredPart part : stores.metadata().uploads().parts(upload.id(), 0, 10_000)) {
        byte[] content = read(part.ref(), "part " + part.number() + " of " + upload.key());
        assertThat(HexFormat.of().formatHex(Content.md5(content)))
            .as("part %d of %s", part.number(), upload.key())
            .isEqualTo(part.etag());
        parts++;
      }
    }
  }

  private byte[] read(BlobRef ref, String what) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      stores.blobs().read(ref, 0, ref.length(), out);
    } catch (IOException lost) {
      throw new AssertionError(what + " is named and cannot be read: " + ref, lost);
    }
    name(ref);
    return out.toByteArray();
  }

  private void released() {
    stores.metadata().releasedBlobs().page(Optional.empty(), MOST).forEach(this::name);
  }

  private void name(BlobRef ref) {
    if (ref.kind() == BlobRef.Kind.CHUNK) {
      named.add(HexFormat.of().toHexDigits(ref.file()));
    }
  }

  private void files() throws IOException {
    Set<String> unnamed = new TreeSet<>();
    Path volume = stores.data().resolve("volumes/0");
    for (String directory : List.of("incoming", "chunks")) {
      try (Stream<Path> all = Files.walk(volume.resolve(directory))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files++;
          if (!named.contains(file.getFileName().toString())) {
            unnamed.add(directory + "/" + file.getFileName());
          }
        }
      }
    }
    assertThat(unnamed).as("files that nothing names").isEmpty();
  }
}
