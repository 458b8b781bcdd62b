package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.AdvisoryLocks;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.StatementPipeline;
import dev.lakebed.storage.metadata.object.WriteTransaction.CommitRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys locked for the rest of a transaction, and what they hold. All of it takes one round trip.
 * Each statement sees what was committed before it began, so the objects are read after the locks
 * were given.
 */
final class LockedObjects {
  private static final String LOCK_BUCKETS =
      "SELECT pg_advisory_xact_lock_shared(?, b) FROM unnest(?::int4[]) AS b";
  private static final String LOCK_KEYS =
      "SELECT pg_advisory_xact_lock(h) FROM unnest(?::int8[]) AS h";
  private static final String TRY_BUCKETS =
      "SELECT b, pg_try_advisory_xact_lock_shared(?, b) FROM unnest(?::int4[]) AS b";
  private static final String TRY_KEYS =
      "SELECT h, pg_try_advisory_xact_lock(h) FROM unnest(?::int8[]) AS h";
  private static final String READ_BUCKETS = "SELECT id FROM bucket WHERE id = ANY (?::int8[])";
  private static final String READ_OBJECTS =
      "SELECT k.n, "
          + ObjectRow.COLUMNS
          + " FROM unnest(?::int8[], ?::bytea[]) WITH ORDINALITY AS k (bucket_id, key, n)"
          + " CROSS JOIN LATERAL (SELECT * FROM object c"
          + " WHERE c.bucket_id = k.bucket_id AND c.key = k.key LIMIT 1) AS o";

  private final Set<Long> buckets = new HashSet<>();
  private final Map<ObjectKey, StoredObject> objects = new HashMap<>();
  private final Set<Long> missedBuckets = new HashSet<>();
  private final Set<Long> missedKeys = new HashSet<>();

  private LockedObjects() {}

  /** Locks and reads; waits for other writers of these keys. */
  static LockedObjects take(Connection connection, Collection<ObjectKey> targets)
      throws SQLException {
    return read(connection, targets, Optional.empty());
  }

  /** Keeps a bucket from being deleted; false when there is none. */
  static boolean lockBucket(Connection connection, long bucket) throws SQLException {
    StatementPipeline pipeline =
        new StatementPipeline()
            .statement(LOCK_BUCKETS)
            .with(AdvisoryLocks.BUCKET_CLASS)
            .with(new int[] {AdvisoryLocks.ofBucket(bucket)})
            .statement(READ_BUCKETS)
            .with(new long[] {bucket});
    try (PreparedStatement statement = pipeline.prepare(connection)) {
      statement.execute();
      statement.getMoreResults();
      return statement.getResultSet().next();
    }
  }

  /** Locks what nobody else holds, and reads; waits for nobody. Marks the batch with it. */
  static LockedObjects tryToTake(
      Connection connection, Collection<ObjectKey> targets, CommitRecord record)
      throws SQLException {
    return read(connection, targets, Optional.of(record));
  }

  private static LockedObjects read(
      Connection connection, Collection<ObjectKey> targets, Optional<CommitRecord> record)
      throws SQLException {
    boolean tried = record.isPresent();
    List<ObjectKey> distinct = new ArrayList<>(new HashSet<>(targets));
    long[] buckets = distinct.stream().mapToLong(ObjectKey::bucket).sorted().distinct().toArray();
    int[] bucketLocks = Arrays.stream(buckets).mapToInt(AdvisoryLocks::ofBucket).toArray();
    long[] keyLocks = distinct.stream().mapToLong(ObjectKey::lock).sorted().distinct().toArray();
    StatementPipeline pipeline = new StatementPipeline();
    record.ifPresent(mark -> mark.next(pipeline));
    pipeline
        .statement(tried ? TRY_BUCKETS : LOCK_BUCKETS)
        .with(AdvisoryLocks.BUCKET_CLASS)
        .with(bucketLocks)
        .statement(tried ? TRY_KEYS : LOCK_KEYS)
        .with(keyLocks)
        .statement(READ_BUCKETS)
        .with(buckets)
        .statement(READ_OBJECTS)
        .with(distinct.stream().mapToLong(ObjectKey::bucket).toArray())
        .with(distinct.stream().map(ObjectKey::key).toArray(byte[][]::new));
    LockedObjects locked = new LockedObjects();
    try (PreparedStatement statement = pipeline.prepare(connection)) {
      statement.execute();
      if (record.isPresent()) {
        record.get().marked(statement.getUpdateCount());
        statement.getMoreResults();
      }
      if (tried) {
        readMissed(statement.getResultSet(), locked.missedBuckets);
      }
      statement.getMoreResults();
      if (tried) {
        readMissed(statement.getResultSet(), locked.missedKeys);
      }
      statement.getMoreResults();
      locked.readBuckets(statement.getResultSet());
      statement.getMoreResults();
      locked.readObjects(statement.getResultSet(), distinct);
    }
    return locked;
  }

  /** Whether the key is locked, and not left out because somebody else holds it. */
  boolean holds(ObjectKey target) {
    return !missedBuckets.contains((long) AdvisoryLocks.ofBucket(target.bucket()))
        && !missedKeys.contains(target.lock());
  }

  boolean hasBucket(long bucket) {
    return buckets.contains(bucket);
  }

  Optional<StoredObject> current(ObjectKey target) {
    return Optional.ofNullable(objects.get(target));
  }

  private static void readMissed(ResultSet rows, Set<Long> missed) throws SQLException {
    while (rows.next()) {
      if (!rows.getBoolean(2)) {
        missed.add(rows.getLong(1));
      }
    }
  }

  private void readBuckets(ResultSet rows) throws SQLException {
    while (rows.next()) {
      buckets.add(rows.getLong(1));
    }
  }

  private void readObjects(ResultSet rows, List<ObjectKey> targets) throws SQLException {
    while (rows.next()) {
      ObjectKey target = targets.get(rows.getInt(1) - 1);
      objects.put(target, ObjectRow.full(rows, 2, target.bucket(), KeyBytes.text(target.key())));
    }
  }
}
