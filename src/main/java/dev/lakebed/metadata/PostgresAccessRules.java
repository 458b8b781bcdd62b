package dev.lakebed.metadata;

import jakarta.persistence.PersistenceException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/** Access rules in PostgreSQL; takes a changed bucket out of the cache. */
final class PostgresAccessRules implements AccessRules {
  private final Database database;
  private final BucketCache cache;

  PostgresAccessRules(Database database, BucketCache cache) {
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
