package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.SqlFailure;
import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.bucket.PostgresBuckets.BucketCache;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes what buckets say about who may reach them. A change is seen at once here, and on the
 * other nodes of a shared database within a second. All throw {@link NoSuchBucketException} when
 * the bucket was deleted.
 */
public interface AccessRules {
  enum Face {
    S3,
    TABLES
  }

  /** Sets or, when empty, removes a policy. */
  void setPolicy(Bucket bucket, Face face, Optional<StoredPolicy> policy);

  /** Sets or, when empty, removes the Block Public Access settings. */
  void setBlock(Bucket bucket, Optional<PublicAccessBlock> block);

  /** Sets the CORS rules; an empty list removes them. */
  void setCors(Bucket bucket, List<CorsRule> rules);

  /**
   * Changes the tags; what {@code change} throws reaches the caller, and nothing is changed. Of
   * changes at the same time each sees the result of the one before.
   */
  void changeTags(Bucket bucket, UnaryOperator<BucketTags> change);

  /** Access rules in PostgreSQL; takes a changed bucket out of the cache. */
  public record PostgresAccessRules(Database database, BucketCache cache) implements AccessRules {
    private static final String LOCK = "SELECT id FROM bucket WHERE id = ? FOR NO KEY UPDATE";
    private static final String READ_TAGS =
        "SELECT tags, abac FROM bucket_access WHERE bucket_id = ?";
    private static final String WRITE_TAGS =
        "INSERT INTO bucket_access (bucket_id, tags, abac) VALUES (?, ?, ?) ON CONFLICT (bucket_id)"
            + " DO UPDATE SET tags = excluded.tags, abac = excluded.abac";

    @Override
    public void setPolicy(Bucket bucket, Face face, Optional<StoredPolicy> policy) {
      String column =
          switch (face) {
            case S3 -> "s3_policy";
            case TABLES -> "tables_policy";
          };
      set(bucket, column, policy.map(StoredPolicy::document).orElse(null));
    }

    @Override
    public void setBlock(Bucket bucket, Optional<PublicAccessBlock> block) {
      set(bucket, "public_block", block.map(PublicAccessBlock::bits).orElse(null));
    }

    @Override
    public void setCors(Bucket bucket, List<CorsRule> rules) {
      set(bucket, "cors", rules.isEmpty() ? null : CorsRule.encode(rules));
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
      if (Jdbc.first(connection, LOCK, row -> row.getLong(1), bucket.id()).isEmpty()) {
        throw new NoSuchBucketException();
      }
      return Jdbc.first(
              connection,
              READ_TAGS,
              row -> new BucketTags(TagText.read(row.getString(1)), row.getBoolean(2)),
              bucket.id())
          .orElse(BucketTags.NONE);
    }

    private static int write(Connection connection, Bucket bucket, BucketTags tags)
        throws SQLException {
      return Jdbc.update(
          connection, WRITE_TAGS, bucket.id(), TagText.write(tags.values()), tags.abac());
    }

    private void set(Bucket bucket, String column, @Nullable Object value) {
      String sql =
          ("INSERT INTO bucket_access (bucket_id, %1$s) VALUES (?, ?)"
                  + " ON CONFLICT (bucket_id) DO UPDATE SET %1$s = excluded.%1$s")
              .formatted(column);
      try {
        database.update(sql, bucket.id(), value);
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
}
