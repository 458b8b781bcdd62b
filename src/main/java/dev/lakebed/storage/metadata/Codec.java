package dev.lakebed.storage.metadata;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binary forms of the columns that are not searched. Each begins with the number of its form. */
final class Codec {
  private static final int FORM = 1;

  private Codec() {}

  static byte[] attributes(ObjectAttributes attributes) {
    return attributes(new BinaryWriter().number(FORM), attributes).toBytes();
  }

  static ObjectAttributes attributes(byte[] bytes) {
    return attributes(new BinaryReader(bytes).version(FORM));
  }

  static byte[] chunks(List<Chunk> chunks) {
    BinaryWriter out = new BinaryWriter().number(FORM).number(chunks.size());
    for (Chunk chunk : chunks) {
      out.number(chunk.partNumber()).ref(chunk.ref()).optionalText(chunk.checksum());
    }
    return out.toBytes();
  }

  static List<Chunk> chunks(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes).version(FORM);
    int count = in.count();
    List<Chunk> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(new Chunk((int) in.number(), in.ref(), in.optionalText()));
    }
    return chunks;
  }

  /** The result of an upload: the object without its chunks. */
  static byte[] result(StoredObject object) {
    BinaryWriter out = new BinaryWriter().number(FORM);
    out.number(object.size()).text(object.etag()).number(object.lastModified().toEpochMilli());
    out.flag(object.checksum().isPresent());
    object.checksum().ifPresent(c -> out.text(c.algorithm()).flag(c.fullObject()).text(c.value()));
    return attributes(out, object.attributes()).toBytes();
  }

  static StoredObject result(long bucket, String key, byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes).version(FORM);
    long size = in.number();
    String etag = in.text();
    Instant modified = Instant.ofEpochMilli(in.number());
    Optional<StoredChecksum> checksum =
        in.flag()
            ? Optional.of(new StoredChecksum(in.text(), in.flag(), in.text()))
            : Optional.empty();
    return new StoredObject(bucket, key, size, etag, modified, attributes(in), checksum, List.of());
  }

  private static BinaryWriter attributes(BinaryWriter out, ObjectAttributes attributes) {
    return out.map(attributes.headers()).map(attributes.userMetadata()).map(attributes.tags());
  }

  private static ObjectAttributes attributes(BinaryReader in) {
    return new ObjectAttributes(in.map(), in.map(), in.map());
  }
}
