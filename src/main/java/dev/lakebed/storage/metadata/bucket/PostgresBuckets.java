package dev.lakebed.storage.metadata.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.AdvisoryLocks;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.SqlFailure;
import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketEntity.BucketAccessEntity;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketNotEmptyException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Buckets in PostgreSQL, with a cache in front; {@code writers} may wait for locks. */
public record PostgresBuckets(Database database, Database writers, BucketCache cache)
    implements Buckets {
  private static final String INSERT =
      "INSERT INTO bucket (name, kind, owner, created_ms) VALUES (:name, :kind, :owner, :now)"
          + " ON CONFLICT (name) DO NOTHING RETURNING *";
  private static final String INSERT_TAGS =
      "INSERT INTO bucket_access (bucket_id, tags) VALUES (:bucket, :tags)";
  private static final String BY_NAME =
      "select b, a from BucketEntity b left join BucketAccessEntity a on a.bucket = b.id"
          + " where b.name = :name";

  @Override
  public Optional<Bucket> find(String name) {
    return cache.find(name, this::load);
  }

  @Override
  public Bucket create(String name, Bucket.Kind kind, String owner, Map<String, String> tags) {
    long now = System.currentTimeMillis();
    Optional<Bucket> created =
        writers.inTransaction(manager -> insert(manager, name, kind, owner, tags, now));
    if (created.isPresent()) {
      return created.get();
    }
    String gone = "the bucket was deleted while it was being created";
    throw new BucketExistsException(
        load(name).orElseThrow(() -> new MetadataUnavailableException(gone)));
  }

  @Override
  public boolean delete(Bucket bucket) {
    try {
      return writers.onConnection(connection -> delete(connection, bucket));
    } catch (PersistenceException e) {
      if (SqlFailure.of(e) == SqlFailure.REFERENCED) {
        throw new BucketNotEmptyException(bucket.name());
      }
      throw e;
    } finally {
      cache.forget(bucket.name());
    }
  }

  @Override
  public List<Bucket> list(Optional<Bucket.Kind> kind, String prefix, String after, int limit) {
    if (limit <= 0 || prefix.indexOf('\0') >= 0) {
      return List.of();
    }
    String condition = kind.isPresent() ? " and b.kind = :kind" : "";
    return database.inTransaction(
        manager -> {
          TypedQuery<BucketEntity> query =
              manager
                  .createQuery(
                      "select b from BucketEntity b where b.name > :after and b.name >= :prefix"
                          + " and b.name < :until"
                          + condition
                          + " order by b.name",
                      BucketEntity.class)
                  .setParameter("after", withoutNul(after))
                  .setParameter("prefix", prefix)
                  // Names are ASCII.
                  .setParameter("until", prefix + Character.MAX_VALUE)
                  .setMaxResults(limit);
          kind.ifPresent(k -> query.setParameter("kind", k));
          return query.getResultStream().map(BucketEntity::toBucket).toList();
        });
  }

  /** PostgreSQL knows no NUL in texts; no name has one, so that what follows it tells nothing. */
  private static String withoutNul(String after) {
    int nul = after.indexOf('\0');
    return nul < 0 ? after : after.substring(0, nul);
  }

  private static Optional<Bucket> insert(
      EntityManager manager,
      String name,
      Bucket.Kind kind,
      String owner,
      Map<String, String> tags,
      long now) {
    List<?> rows =
        manager
            .createNativeQuery(INSERT, BucketEntity.class)
            .setParameter("name", name)
            .setParameter("kind", kind.name())
            .setParameter("owner", owner)
            .setParameter("now", now)
            .getResultList();
    Optional<Bucket> created =
        rows.stream().map(row -> ((BucketEntity) row).toBucket()).findFirst();
    if (created.isEmpty() || tags.isEmpty()) {
      return created;
    }
    manager
        .createNativeQuery(INSERT_TAGS)
        .setParameter("bucket", created.get().id())
        .setParameter("tags", TagText.write(tags))
        .executeUpdate();
    return created.map(bucket -> bucket.with(BucketTags.NONE.with(tags)));
  }

  private Optional<Bucket> load(String name) {
    return database.inTransaction(
        manager ->
            manager
                .createQuery(BY_NAME, Object[].class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst()
                .map(PostgresBuckets::bucket));
  }

  private static Bucket bucket(Object[] row) {
    Bucket bucket = ((BucketEntity) row[0]).toBucket();
    return row[1] instanceof BucketAccessEntity access ? access.addTo(bucket) : bucket;
  }

  private static boolean delete(Connection connection, Bucket bucket) throws SQLException {
    // Before the lock, which keeps writers waiting: most that are refused are refused here.
    if (holdsSomething(connection, bucket.id())) {
      throw new BucketNotEmptyException(bucket.name());
    }
    // Writers hold this lock shared: those before us have committed, those after us see no bucket.
    Jdbc.first(
        connection,
        "SELECT pg_advisory_xact_lock(?, ?)",
        row -> true,
        AdvisoryLocks.BUCKET_CLASS,
        AdvisoryLocks.ofBucket(bucket.id()));
    if (holdsSomething(connection, bucket.id())) {
      throw new BucketNotEmptyException(bucket.name());
    }
    endUploads(connection, bucket.id());
    return Jdbc.update(connection, "DELETE FROM bucket WHERE id = ?", bucket.id()) == 1;
  }

  /** Unfinished uploads do not keep a bucket; they end as if each had been aborted. */
  private static void endUploads(Connection connection, long bucket) throws SQLException {
    // Waits for parts in flight and lets no more come: one that came between the statements below
    // would go with its upload, and its blob would stay for ever.
    Jdbc.first(
        connection,
        "SELECT count(*) FROM (SELECT 1 FROM upload WHERE bucket_id = ?"
            + " AND completed_ms IS NULL FOR UPDATE) AS open",
        row -> row.getLong(1),
        bucket);
    Jdbc.update(
        connection,
        "WITH parts AS (DELETE FROM upload_part USING upload"
            + " WHERE upload.id = upload_part.upload_id AND upload.bucket_id = ?"
            + " RETURNING upload_part.ref)"
            + " INSERT INTO released_blob (ref, released_ms)"
            + " SELECT DISTINCT ref, CAST(? AS bigint) FROM parts"
            + " WHERE get_byte(ref, 0) = ? ON CONFLICT DO NOTHING",
        bucket,
        System.currentTimeMillis(),
        BlobRef.Kind.CHUNK.code());
    Jdbc.update(connection, "DELETE FROM upload WHERE bucket_id = ?", bucket);
  }

  private static boolean holdsSomething(Connection connection, long bucket) throws SQLException {
    return Jdbc.first(
            connection,
            "SELECT EXISTS (SELECT FROM object WHERE bucket_id = ?)",
            row -> row.getBoolean(1),
            bucket)
        .orElse(false);
  }

  /**
   * Buckets by name. Only what exists is remembered, so a new bucket is seen at once on every node;
   * a deletion is seen at once here, and on the other nodes of a shared database within a second.
   */
  public static final class BucketCache {
    /** Their texts may take so much of the heap: one part of so many. */
    private static final int PART_OF_HEAP = 32;

    private static final Duration SHARED_LIFETIME = Duration.ofSeconds(1);

    private final Cache<String, Bucket> buckets;
    private long forgotten;

    private BucketCache(Cache<String, Bucket> buckets) {
      this.buckets = buckets;
    }

    /** For a database that only this node uses. */
    public static BucketCache exclusive() {
      return new BucketCache(bounded().build());
    }

    /** For a database that other nodes may change. */
    public static BucketCache shared() {
      return new BucketCache(bounded().expireAfterWrite(SHARED_LIFETIME).build());
    }

    private static Caffeine<String, Bucket> bounded() {
      return Caffeine.newBuilder()
          .maximumWeight(Runtime.getRuntime().maxMemory() / PART_OF_HEAP)
          .weigher((String name, Bucket bucket) -> bucket.weight());
    }

    Optional<Bucket> find(String name, Function<String, Optional<Bucket>> load) {
      Bucket known = buckets.getIfPresent(name);
      if (known != null) {
        return Optional.of(known);
      }
      long before = forgotten();
      Optional<Bucket> loaded = load.apply(name);
      loaded.ifPresent(bucket -> remember(bucket, before));
      return loaded;
    }

    synchronized void forget(String name) {
      forgotten++;
      buckets.invalidate(name);
    }

    private synchronized long forgotten() {
      return forgotten;
    }

    /** What was read before a deletion must not come back after it. */
    private synchronized void remember(Bucket bucket, long before) {
      if (forgotten == before) {
        buckets.put(bucket.name(), bucket);
      }
    }
  }
}
