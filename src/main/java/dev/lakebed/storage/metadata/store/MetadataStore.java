package dev.lakebed.storage.metadata.store;

import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.PostgresDatabase;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime.DatabaseStatistics;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.AccessRules.PostgresAccessRules;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.PostgresBuckets;
import dev.lakebed.storage.metadata.bucket.PostgresBuckets.BucketCache;
import dev.lakebed.storage.metadata.iam.Revocations;
import dev.lakebed.storage.metadata.iam.Revocations.PostgresRevocations;
import dev.lakebed.storage.metadata.iam.UsedAssertions;
import dev.lakebed.storage.metadata.iam.UsedAssertions.PostgresUsedAssertions;
import dev.lakebed.storage.metadata.object.BlobNames;
import dev.lakebed.storage.metadata.object.Committer;
import dev.lakebed.storage.metadata.object.Committer.CommitLimits;
import dev.lakebed.storage.metadata.object.ObjectCache;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.PostgresObjects;
import dev.lakebed.storage.metadata.object.PostgresUploads;
import dev.lakebed.storage.metadata.object.ReleasedBlobs;
import dev.lakebed.storage.metadata.object.Uploads;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Everything this package offers, opened and closed together. One per process. */
public final class MetadataStore implements AutoCloseable {
  /** So much of the heap may hold rows of objects: one part of so many. */
  private static final int ROWS_PART_OF_HEAP = 16;

  private final PostgresDatabase database;
  private final Committer committer;
  private final BucketCache cache;
  private final Objects objects;
  private final Uploads uploads;

  private MetadataStore(PostgresDatabase database, BucketCache cache, Optional<ObjectCache> rows) {
    this.database = database;
    this.committer = Committer.start(database.committers(), database.time(), CommitLimits.DEFAULT);
    this.cache = cache;
    Objects stored = new PostgresObjects(database, committer);
    Uploads begun = new PostgresUploads(database, database.writers());
    this.objects = rows.map(kept -> kept.over(stored)).orElse(stored);
    this.uploads = rows.map(kept -> kept.over(begun)).orElse(begun);
  }

  /** Opens the database and what stands on it, for one's own work. */
  public static MetadataStore open(DatabaseSettings settings) {
    return open(settings, ClientShare.ALL);
  }

  /** The same for a server, which shares it out among its clients. */
  public static MetadataStore open(DatabaseSettings settings, ClientShare share) {
    PostgresDatabase database = PostgresDatabase.open(settings, share);
    return switch (settings) {
      case DatabaseSettings.Embedded embedded ->
          new MetadataStore(
              database,
              BucketCache.exclusive(),
              Optional.of(
                  new ObjectCache(
                      Runtime.getRuntime().maxMemory() / ROWS_PART_OF_HEAP, System::nanoTime)));
      case DatabaseSettings.External external ->
          new MetadataStore(database, BucketCache.shared(), Optional.empty());
    };
  }

  public Database database() {
    return database;
  }

  /** The same for transactions that may wait for a lock, so that they keep no reader waiting. */
  public Database writers() {
    return database.writers();
  }

  /** The same for transactions that exclude each other whatever they change. */
  public Database changes() {
    return database.changes();
  }

  public DatabaseStatistics statistics() {
    return database.time().statistics();
  }

  public Buckets buckets() {
    return new PostgresBuckets(database, database.writers(), cache);
  }

  public AccessRules accessRules() {
    return new PostgresAccessRules(database.writers(), cache);
  }

  public Objects objects() {
    return objects;
  }

  public Revocations revocations() {
    return new PostgresRevocations(database);
  }

  public UsedAssertions usedAssertions() {
    return new PostgresUsedAssertions(database);
  }

  public Uploads uploads() {
    return uploads;
  }

  public ReleasedBlobs releasedBlobs() {
    return new ReleasedBlobs(database);
  }

  public VolumeLedger volumes() {
    return new PostgresVolumes(database);
  }

  /** What recovery asks. */
  public BlobNames blobNames() {
    return new BlobNames(database.writers());
  }

  public MetadataHousekeeping housekeeping() {
    return new MetadataHousekeeping(database);
  }

  /** Process id of the embedded server, for tests that kill it. */
  long serverPid() {
    return database.server().map(EmbeddedPostgres::pid).orElseThrow();
  }

  /** Ends after the writes under way, then ends all connections and the embedded server. */
  @Override
  public void close() {
    committer.close();
    database.close();
  }

  /** Deletes rows that have served their time. To be run about once an hour, on any node. */
  public record MetadataHousekeeping(Database database) {
    public static final Duration COMPLETED_UPLOADS_KEPT = Duration.ofHours(24);

    /** A committer that has not written for so long belongs to a node that is gone. */
    private static final Duration COMMITTERS_KEPT = Duration.ofDays(7);

    /** Deletes old completed uploads, and traces of nodes that are gone; how many uploads. */
    public int run(Instant now) {
      Jdbc.deleteOld(
          database,
          "DELETE FROM committer WHERE id IN"
              + " (SELECT id FROM committer WHERE seen_ms < ? LIMIT ? FOR UPDATE SKIP LOCKED)",
          now.minus(COMMITTERS_KEPT));
      return Jdbc.deleteOld(
          database,
          "DELETE FROM upload WHERE id IN (SELECT id FROM upload"
              + " WHERE completed_ms < ? ORDER BY completed_ms LIMIT ? FOR UPDATE SKIP LOCKED)",
          now.minus(COMPLETED_UPLOADS_KEPT));
    }
  }
}
