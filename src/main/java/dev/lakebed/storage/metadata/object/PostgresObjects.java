package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects in PostgreSQL. */
public final class PostgresObjects implements Objects {
  private static final String FIND =
      "SELECT " + ObjectRow.COLUMNS + " FROM object o WHERE o.bucket_id = ? AND o.key = ?";

  private final Database database;
  private final Committer committer;
  private final ObjectListing listing;

  public PostgresObjects(Database database, Committer committer) {
    this.database = database;
    this.committer = committer;
    this.listing = new ObjectListing(database);
  }

  @Override
  public Optional<StoredObject> find(long bucket, String key) {
    byte[] keyBytes = KeyBytes.of(key);
    return database.read(connection -> find(connection, bucket, key, keyBytes));
  }

  @Override
  public void put(StoredObject object, WriteCondition condition) {
    commit(new Write.Put(EncodedObject.of(object), condition));
  }

  @Override
  public void tag(long bucket, String key, Map<String, String> tags, WriteCondition condition) {
    commit(new Write.Tag(ObjectKey.of(bucket, key), Map.copyOf(tags), condition));
  }

  private void commit(Write write) {
    Optional<RuntimeException> refusal = committer.commit(List.of(write)).getFirst();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  @Override
  public List<Optional<RuntimeException>> delete(long bucket, List<Deletion> keys) {
    List<Optional<RuntimeException>> outcomes =
        committer.commit(keys.stream().map(deletion -> write(bucket, deletion)).toList());
    for (Optional<RuntimeException> outcome : outcomes) {
      if (outcome.isPresent() && outcome.get() instanceof NoSuchBucketException gone) {
        throw gone;
      }
    }
    return outcomes;
  }

  @Override
  public Page list(ListQuery query) {
    return listing.page(query);
  }

  private static Write write(long bucket, Deletion deletion) {
    return new Write.Delete(ObjectKey.of(bucket, deletion.key()), deletion.condition());
  }

  private static Optional<StoredObject> find(
      Connection connection, long bucket, String key, byte[] keyBytes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, bucket);
      statement.setBytes(2, keyBytes);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(ObjectRow.full(row, 1, bucket, key)) : Optional.empty();
      }
    }
  }
}
