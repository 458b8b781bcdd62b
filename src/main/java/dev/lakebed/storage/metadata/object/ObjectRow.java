package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.BinaryWriter;
import dev.lakebed.storage.metadata.BinaryWriter.BinaryReader;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of table {@code object} as objects. */
final class ObjectRow {
  /** Columns of {@link #full}, of a table named {@code o}. */
  static final String COLUMNS =
      "o.size, o.modified_ms, o.etag, o.checksum_algorithm, o.checksum_full, o.checksum,"
          + " o.attributes, o.chunks";

  private static final ObjectAttributes NO_ATTRIBUTES =
      new ObjectAttributes(Map.of(), Map.of(), Map.of());

  private ObjectRow() {}

  /** Reads {@link #COLUMNS}, the first of which is column {@code first}. */
  static StoredObject full(ResultSet row, int first, long bucket, String key) throws SQLException {
    return new StoredObject(
        bucket,
        key,
        row.getLong(first),
        row.getString(first + 2),
        Instant.ofEpochMilli(row.getLong(first + 1)),
        Codec.attributes(row.getBytes(first + 6)),
        checksum(row, first + 3),
        Codec.chunks(row.getBytes(first + 7)));
  }

  /**
   * Reads name, size, modified_ms, etag, storage_class, checksum_algorithm, checksum_full,
   * checksum.
   */
  static StoredObject listed(ResultSet row, int first, long bucket) throws SQLException {
    String storageClass = row.getString(first + 4);
    return new StoredObject(
        bucket,
        KeyBytes.text(row.getBytes(first)),
        row.getLong(first + 1),
        row.getString(first + 3),
        Instant.ofEpochMilli(row.getLong(first + 2)),
        attributes(storageClass),
        checksum(row, first + 5),
        List.of());
  }

  private static ObjectAttributes attributes(@Nullable String storageClass) {
    return storageClass == null
        ? NO_ATTRIBUTES
        : new ObjectAttributes(
            Map.of(EncodedObject.STORAGE_CLASS, storageClass), Map.of(), Map.of());
  }

  private static Optional<StoredChecksum> checksum(ResultSet row, int first) throws SQLException {
    String algorithm = row.getString(first);
    return algorithm == null
        ? Optional.empty()
        : Optional.of(
            new StoredChecksum(algorithm, row.getBoolean(first + 1), row.getString(first + 2)));
  }

  /** Binary forms of the columns that are not searched. Each begins with the number of its form. */
  static final class Codec {
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
      object
          .checksum()
          .ifPresent(c -> out.text(c.algorithm()).flag(c.fullObject()).text(c.value()));
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
      return new StoredObject(
          bucket, key, size, etag, modified, attributes(in), checksum, List.of());
    }

    private static BinaryWriter attributes(BinaryWriter out, ObjectAttributes attributes) {
      return out.map(attributes.headers()).map(attributes.userMetadata()).map(attributes.tags());
    }

    private static ObjectAttributes attributes(BinaryReader in) {
      return new ObjectAttributes(in.map(), in.map(), in.map());
    }
  }
}
