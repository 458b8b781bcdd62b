package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.SqlFailure;
import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.bucket.CorsRule.CorsRules;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Access rules in PostgreSQL; takes a changed bucket out of the cache. */
public final class PostgresAccessRules implements AccessRules {
  private static final String LOCK = "SELECT id FROM bucket WHERE id = ? FOR NO KEY UPDATE";
  private static final String READ_TAGS =
      "SELECT tags, abac FROM bucket_access WHERE bucket_id = ?";
  private static final String WRITE_TAGS =
      "INSERT INTO bucket_access (bucket_id, tags, abac) VALUES (?, ?, ?) ON CONFLICT (bucket_id)"
          + " DO UPDATE SET tags = excluded.tags, abac = excluded.abac";

  private final Database database;
  private final BucketCache cache;

  public PostgresAccessRules(Database database, BucketCache cache) {
    this.database = database;
    this.cache = cache;
  }

  @Override
  public void setPolicy(Bucket bucket, Face face, Optional<StoredPolicy> policy) {
    String column =
        switch (face) {
          case S3 -> "s3_policy";
          case TABLES -> "tables_policy";
        };
    set(
        bucket,
        column,
        statement -> {
          if (policy.isPresent()) {
            statement.setString(2, policy.get().document());
          } else {
            statement.setNull(2, Types.VARCHAR);
          }
        });
  }

  @Override
  public void setBlock(Bucket bucket, Optional<PublicAccessBlock> block) {
    set(
        bucket,
        "public_block",
        statement -> {
          if (block.isPresent()) {
            statement.setShort(2, block.get().bits());
          } else {
            statement.setNull(2, Types.SMALLINT);
          }
        });
  }

  @Override
  public void setCors(Bucket bucket, List<CorsRule> rules) {
    set(
        bucket,
        "cors",
        statement -> {
          if (rules.isEmpty()) {
            statement.setNull(2, Types.BINARY);
          } else {
            statement.setBytes(2, CorsRules.encode(rules));
          }
        });
  }

  @Override
  public void changeTags(Bucket bucket, UnaryOperator<BucketTags> change) {
    try {
      database.onConnection(
          connection -> write(connection, bucket, change.apply(locked(connection, bucket))));
    } finally {
      cache.forget(bucket.name());
    }
  }

  /** The tags, which nobody else changes before the transaction ends. */
  private static BucketTags locked(Connection connection, Bucket bucket) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setLong(1, bucket.id());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new NoSuchBucketException();
        }
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(READ_TAGS)) {
      statement.setLong(1, bucket.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new BucketTags(TagText.read(row.getString(1)), row.getBoolean(2))
            : BucketTags.NONE;
      }
    }
  }

  private static int write(Connection connection, Bucket bucket, BucketTags tags)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE_TAGS)) {
      statement.setLong(1, bucket.id());
      statement.setString(2, TagText.write(tags.values()));
      statement.setBoolean(3, tags.abac());
      return statement.executeUpdate();
    }
  }

  @FunctionalInterface
  private interface Value {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private void set(Bucket bucket, String column, Value value) {
    String sql =
        ("INSERT INTO bucket_access (bucket_id, %1$s) VALUES (?, ?)"
                + " ON CONFLICT (bucket_id) DO UPDATE SET %1$s = excluded.%1$s")
            .formatted(column);
    try {
      database.onConnection(
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              statement.setLong(1, bucket.id());
              value.bind(statement);
              return statement.executeUpdate();
            }
          });
    } catch (PersistenceException failure) {
      if (SqlFailure.of(failure) == SqlFailure.REFERENCED) {
        throw new NoSuchBucketException();
      }
      throw failure;
    } finally {
      cache.forget(bucket.name());
    }
  }
}
