package dev.lakebed.metadata;

import dev.lakebed.blob.BlobRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Multipart uploads in PostgreSQL. */
final class PostgresUploads implements Uploads {
  private static final String CREATE =
      "INSERT INTO upload (id, bucket_id, key, initiated_ms, initiator, attributes,"
          + " checksum_algorithm, checksum_full) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String FIND =
      "SELECT " + UploadRow.COLUMNS + " FROM upload WHERE id = ? AND bucket_id = ? AND key = ?";
  private static final String PARTS =
      "SELECT "
          + UploadRow.PART_COLUMNS
          + " FROM upload_part WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?";

  private final Database database;
  private final UploadListing listing;

  PostgresUploads(Database database) {
    this.database = database;
    this.listing = new UploadListing(database);
  }

  @Override
  public void create(Upload upload) {
    boolean created = database.onConnection(connection -> create(connection, upload));
    if (!created) {
      throw new NoSuchBucketException();
    }
  }

  @Override
  public Optional<Upload> find(long bucket, String key, String uploadId) {
    if (uploadId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    byte[] keyBytes = KeyBytes.of(key);
    return database.read(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, uploadId);
            statement.setLong(2, bucket);
            statement.setBytes(3, keyBytes);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(UploadRow.upload(row, bucket)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public boolean putPart(Upload upload, Part part) {
    return database.onConnection(
        connection -> {
          Optional<OpenUpload> open = OpenUpload.shared(connection, upload);
          if (open.isEmpty()) {
            return false;
          }
          Optional<BlobRef> replaced = open.get().put(part);
          release(connection, Set.copyOf(replaced.stream().toList()));
          return true;
        });
  }

  @Override
  public List<Part> parts(String uploadId, int afterNumber, int limit) {
    return database.read(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PARTS)) {
            statement.setString(1, uploadId);
            statement.setInt(2, afterNumber);
            statement.setInt(3, Math.max(limit, 0));
            try (ResultSet rows = statement.executeQuery()) {
              List<Part> parts = new ArrayList<>();
              while (rows.next()) {
                parts.add(UploadRow.part(rows));
              }
              return parts;
            }
          }
        });
  }

  @Override
  public boolean complete(Upload upload, StoredObject object, WriteCondition condition) {
    Write write = new Write.Put(EncodedObject.of(object), condition);
    return database.onConnection(
        connection -> {
          // Locks in the order of every writer: the key first, then rows.
          LockedObjects locked = LockedObjects.take(connection, List.of(write.target()));
          Optional<OpenUpload> open = OpenUpload.exclusive(connection, upload);
          if (open.isEmpty()) {
            return false;
          }
          WriteSet set = new WriteSet(locked);
          Optional<RuntimeException> refusal = set.apply(write);
          if (refusal.isPresent()) {
            throw refusal.get();
          }
          complete(connection, open.get(), object, set);
          return true;
        });
  }

  @Override
  public boolean abort(Upload upload) {
    return database.onConnection(
        connection -> {
          Optional<OpenUpload> open = OpenUpload.exclusive(connection, upload);
          if (open.isEmpty()) {
            return false;
          }
          release(connection, open.get().takeParts());
          open.get().delete();
          return true;
        });
  }

  @Override
  public UploadPage list(
      long bucket,
      String prefix,
      String delimiter,
      String afterKey,
      Optional<String> afterId,
      int limit) {
    return listing.page(bucket, prefix, delimiter, afterKey, afterId, limit);
  }

  private static boolean create(Connection connection, Upload upload) throws SQLException {
    Target target = Target.of(upload.bucket(), upload.key());
    if (!LockedObjects.take(connection, List.of(target)).hasBucket(upload.bucket())) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement(CREATE)) {
      statement.setString(1, upload.id());
      statement.setLong(2, upload.bucket());
      statement.setBytes(3, target.key());
      statement.setLong(4, upload.initiatedAt().toEpochMilli());
      statement.setString(5, upload.initiatorArn());
      statement.setBytes(6, Codec.attributes(upload.attributes()));
      statement.setString(7, upload.checksumAlgorithm().orElse(null));
      statement.setBoolean(8, upload.fullObjectChecksum());
      statement.executeUpdate();
      return true;
    }
  }

  private static void complete(
      Connection connection, OpenUpload upload, StoredObject object, WriteSet set)
      throws SQLException {
    long now = System.currentTimeMillis();
    Set<BlobRef> unused = upload.takeParts();
    for (Chunk chunk : object.chunks()) {
      unused.remove(chunk.ref());
    }
    upload.complete(object, now);
    Pipeline pipeline = new Pipeline();
    ObjectStatements.add(pipeline, set, now);
    ObjectStatements.release(pipeline, unused, now);
    run(connection, pipeline);
  }

  private static void release(Connection connection, Set<BlobRef> refs) throws SQLException {
    Pipeline pipeline = new Pipeline();
    ObjectStatements.release(pipeline, refs, System.currentTimeMillis());
    run(connection, pipeline);
  }

  private static void run(Connection connection, Pipeline pipeline) throws SQLException {
    if (pipeline.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = pipeline.prepare(connection)) {
      statement.execute();
    }
  }
}
