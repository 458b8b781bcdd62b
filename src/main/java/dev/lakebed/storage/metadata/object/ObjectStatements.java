package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.StatementPipeline;
import dev.lakebed.storage.metadata.object.ObjectRow.Codec;
import dev.lakebed.storage.metadata.object.StoredObject.StoredChecksum;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The statements that change objects. */
final class ObjectStatements {
  private static final String UPSERT =
      """
      INSERT INTO object (bucket_id, key, size, modified_ms, etag, storage_class,
        checksum_algorithm, checksum_full, checksum, attributes, chunks)
      SELECT * FROM unnest(?::int8[], ?::bytea[], ?::int8[], ?::int8[], ?::text[], ?::text[],
        ?::text[], ?::bool[], ?::text[], ?::bytea[], ?::bytea[])
      ON CONFLICT ON CONSTRAINT object_pkey DO UPDATE SET
        version_id = NULL, size = EXCLUDED.size, modified_ms = EXCLUDED.modified_ms,
        etag = EXCLUDED.etag, storage_class = EXCLUDED.storage_class,
        checksum_algorithm = EXCLUDED.checksum_algorithm, checksum_full = EXCLUDED.checksum_full,
        checksum = EXCLUDED.checksum, attributes = EXCLUDED.attributes, chunks = EXCLUDED.chunks
      """;
  private static final String RELEASE =
      """
      INSERT INTO released_blob (ref, released_ms) SELECT r, ? FROM unnest(?::bytea[]) AS r
      ON CONFLICT ON CONSTRAINT released_blob_pkey DO NOTHING
      """;
  // One statement each: a join with an array could be planned as a scan of the whole table.
  private static final String DELETE = "DELETE FROM object WHERE bucket_id = ? AND key = ?";

  private ObjectStatements() {}

  /** Adds what puts objects and releases blobs to {@code pipeline}. */
  static void add(StatementPipeline pipeline, WriteSet writes, long nowMillis) {
    List<EncodedObject> puts = writes.puts();
    if (!puts.isEmpty()) {
      upsert(pipeline, puts);
    }
    release(pipeline, writes.released(), nowMillis);
  }

  /** Queues blobs for release; those in segments need no row. */
  static void release(StatementPipeline pipeline, Collection<BlobRef> refs, long nowMillis) {
    byte[][] chunks =
        refs.stream()
            .filter(ref -> ref.kind() == BlobRef.Kind.CHUNK)
            .map(ObjectStatements::encoded)
            .toArray(byte[][]::new);
    if (chunks.length > 0) {
      pipeline.statement(RELEASE).with(nowMillis).with(chunks);
    }
  }

  static void delete(Connection connection, List<ObjectKey> targets) throws SQLException {
    if (targets.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      for (ObjectKey target : targets) {
        statement.setLong(1, target.bucket());
        statement.setBytes(2, target.key());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static byte[] encoded(BlobRef ref) {
    ByteBuffer buffer = ByteBuffer.allocate(BlobRef.ENCODED_BYTES);
    ref.encode(buffer);
    return buffer.array();
  }

  private static void upsert(StatementPipeline pipeline, List<EncodedObject> puts) {
    pipeline
        .statement(UPSERT)
        .with(numbers(puts, p -> p.target().bucket()))
        .with(bytes(puts, p -> p.target().key()))
        .with(numbers(puts, p -> p.object().size()))
        .with(numbers(puts, p -> p.object().lastModified().toEpochMilli()))
        .with(texts(puts, p -> p.object().etag()))
        .with(texts(puts, p -> p.storageClass().orElse(null)))
        .with(texts(puts, p -> checksum(p, StoredChecksum::algorithm)))
        .with(
            puts.stream()
                .map(p -> p.object().checksum().map(StoredChecksum::fullObject).orElse(null))
                .toArray(Boolean[]::new))
        .with(texts(puts, p -> checksum(p, StoredChecksum::value)))
        .with(bytes(puts, EncodedObject::attributes))
        .with(bytes(puts, EncodedObject::chunks));
  }

  private static @Nullable String checksum(
      EncodedObject put, Function<StoredChecksum, String> property) {
    return put.object().checksum().map(property).orElse(null);
  }

  private static long[] numbers(List<EncodedObject> puts, ToLongFunction<EncodedObject> column) {
    return puts.stream().mapToLong(column).toArray();
  }

  private static byte[][] bytes(List<EncodedObject> puts, Function<EncodedObject, byte[]> column) {
    return puts.stream().map(column).toArray(byte[][]::new);
  }

  private static @Nullable String[] texts(
      List<EncodedObject> puts, Function<EncodedObject, @Nullable String> column) {
    return puts.stream().map(column).toArray(String[]::new);
  }

  /** An object with its binary columns, checked and encoded by the thread that brings it. */
  @SuppressWarnings("ArrayRecordComponent") // the arrays are not changed
  record EncodedObject(StoredObject object, ObjectKey target, byte[] attributes, byte[] chunks) {
    static final String STORAGE_CLASS = "x-amz-storage-class";

    private static final int LONGEST_KEY = 1024;
    private static final int LONGEST_TAG = 128;
    private static final int LONGEST_CLASS = 64;
    private static final int LONGEST_ALGORITHM = 16;

    /** Refuses a value that does not fit its column: in a batch it would spoil others' writes. */
    static EncodedObject of(StoredObject object) {
      ObjectKey target = ObjectKey.of(object.bucket(), object.key());
      check(target.key().length >= 1 && target.key().length <= LONGEST_KEY, "key");
      check(object.size() >= 0, "size");
      checkText(object.etag(), LONGEST_TAG, "entity tag");
      storageClass(object).ifPresent(c -> checkText(c, LONGEST_CLASS, "storage class"));
      object
          .checksum()
          .ifPresent(
              c -> {
                checkText(c.algorithm(), LONGEST_ALGORITHM, "checksum algorithm");
                checkText(c.value(), LONGEST_TAG, "checksum");
              });
      return new EncodedObject(
          object, target, Codec.attributes(object.attributes()), Codec.chunks(object.chunks()));
    }

    Optional<String> storageClass() {
      return storageClass(object);
    }

    private static Optional<String> storageClass(StoredObject object) {
      return Optional.ofNullable(object.attributes().headers().get(STORAGE_CLASS));
    }

    private static void checkText(String text, int longest, String what) {
      check(text.length() <= longest && text.indexOf('\0') < 0, what);
    }

    private static void check(boolean holds, String what) {
      if (!holds) {
        throw new IllegalArgumentException(what + " out of range");
      }
    }
  }
}
