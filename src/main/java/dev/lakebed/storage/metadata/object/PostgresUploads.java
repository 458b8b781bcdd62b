package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.StatementPipeline;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.ObjectRow.Codec;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.OpenUpload.UploadRow;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Multipart uploads in PostgreSQL; {@code writers} is for transactions that wait for locks. */
public record PostgresUploads(Database database, Database writers) implements Uploads {
  private static final String CREATE =
      "INSERT INTO upload (id, bucket_id, key, initiated_ms, initiator, attributes,"
          + " checksum_algorithm, checksum_full) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String FIND =
      "SELECT " + UploadRow.COLUMNS + " FROM upload WHERE id = ? AND bucket_id = ? AND key = ?";
  private static final String PARTS =
      "SELECT "
          + UploadRow.PART_COLUMNS
          + " FROM upload_part WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?";

  @Override
  public void create(Upload upload) {
    if (!UploadIds.tells(upload.id(), upload.initiatedAt())) {
      throw new IllegalArgumentException("an upload's id must tell when it was initiated");
    }
    boolean created = writers.onConnection(connection -> create(connection, upload));
    if (!created) {
      throw new NoSuchBucketException();
    }
  }

  @Override
  public Optional<Upload> find(long bucket, String key, String uploadId) {
    if (uploadId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    ObjectKey target = ObjectKey.of(bucket, key);
    return database.read(connection -> find(connection, target, uploadId));
  }

  @Override
  public boolean putPart(Upload upload, StoredPart part) {
    return writers.onConnection(
        connection -> {
          Optional<OpenUpload> open = OpenUpload.shared(connection, upload);
          if (open.isEmpty()) {
            return false;
          }
          release(connection, open.get().put(part).stream().toList());
          return true;
        });
  }

  @Override
  public List<StoredPart> parts(String uploadId, int afterNumber, int limit) {
    return database.rows(PARTS, UploadRow::part, uploadId, afterNumber, Math.max(limit, 0));
  }

  @Override
  public Optional<StoredObject> complete(
      Upload upload, Function<List<StoredPart>, StoredObject> assembly, WriteCondition condition) {
    ObjectKey target = ObjectKey.of(upload.bucket(), upload.key());
    return writers.onConnection(
        connection -> {
          // Locks in the order of every writer: the key first, then rows.
          LockedObjects locked = LockedObjects.take(connection, List.of(target));
          Optional<OpenUpload> open = OpenUpload.exclusive(connection, upload);
          if (open.isEmpty()) {
            return find(connection, target, upload.id()).flatMap(Upload::completed);
          }
          List<StoredPart> parts = open.get().takeParts();
          StoredObject object = assembly.apply(parts);
          WriteSet set = new WriteSet(locked);
          Optional<RuntimeException> refusal =
              set.apply(new Write.Put(EncodedObject.of(object), condition));
          if (refusal.isPresent()) {
            throw refusal.get();
          }
          complete(connection, open.get(), unused(parts, object), object, set);
          return Optional.of(object);
        });
  }

  @Override
  public boolean abort(Upload upload) {
    return writers.onConnection(
        connection -> {
          Optional<OpenUpload> open = OpenUpload.exclusive(connection, upload);
          if (open.isEmpty()) {
            return false;
          }
          release(connection, refs(open.get().takeParts()));
          open.get().delete();
          return true;
        });
  }

  @Override
  public UploadPage list(ListQuery query) {
    return new UploadListing(database).page(query);
  }

  private static boolean create(Connection connection, Upload upload) throws SQLException {
    if (!LockedObjects.lockBucket(connection, upload.bucket())) {
      return false;
    }
    Jdbc.update(
        connection,
        CREATE,
        upload.id(),
        upload.bucket(),
        KeyBytes.of(upload.key()),
        upload.initiatedAt().toEpochMilli(),
        upload.initiatorArn(),
        Codec.attributes(upload.attributes()),
        upload.checksumAlgorithm().orElse(null),
        upload.fullObjectChecksum());
    return true;
  }

  private static Optional<Upload> find(Connection connection, ObjectKey target, String id)
      throws SQLException {
    return Jdbc.first(
        connection,
        FIND,
        row -> UploadRow.upload(row, target.bucket()),
        id,
        target.bucket(),
        target.key());
  }

  private static void complete(
      Connection connection,
      OpenUpload upload,
      Set<BlobRef> unused,
      StoredObject object,
      WriteSet set)
      throws SQLException {
    long now = System.currentTimeMillis();
    upload.complete(object, now);
    StatementPipeline pipeline = new StatementPipeline();
    ObjectStatements.add(pipeline, set, now);
    ObjectStatements.release(pipeline, unused, now);
    run(connection, pipeline);
  }

  /** The blobs of parts that the object leaves out; it may name no others. */
  private static Set<BlobRef> unused(List<StoredPart> parts, StoredObject object) {
    Set<BlobRef> refs = refs(parts);
    for (Chunk chunk : object.chunks()) {
      if (!refs.remove(chunk.ref())) {
        throw new IllegalArgumentException("an object must be made of its upload's own parts");
      }
    }
    return refs;
  }

  private static Set<BlobRef> refs(List<StoredPart> parts) {
    return parts.stream().map(StoredPart::ref).collect(Collectors.toCollection(HashSet::new));
  }

  private static void release(Connection connection, Collection<BlobRef> refs) throws SQLException {
    StatementPipeline pipeline = new StatementPipeline();
    ObjectStatements.release(pipeline, refs, System.currentTimeMillis());
    run(connection, pipeline);
  }

  private static void run(Connection connection, StatementPipeline pipeline) throws SQLException {
    if (!pipeline.isEmpty()) {
      pipeline.run(connection);
    }
  }
}
