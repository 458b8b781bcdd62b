package dev.lakebed.storage.metadata.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Buckets by name. Only what exists is remembered, so a new bucket is seen at once on every node; a
 * deletion is seen at once here, and on the other nodes of a shared database within a second.
 */
public final class BucketCache {
  private static final int MOST = 50_000;
  private static final Duration SHARED_LIFETIME = Duration.ofSeconds(1);

  private final Cache<String, Bucket> buckets;
  private long forgotten;

  private BucketCache(Cache<String, Bucket> buckets) {
    this.buckets = buckets;
  }

  /** For a database that only this node uses. */
  public static BucketCache exclusive() {
    return new BucketCache(Caffeine.newBuilder().maximumSize(MOST).build());
  }

  /** For a database that other nodes may change. */
  public static BucketCache shared() {
    return new BucketCache(
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SHARED_LIFETIME).build());
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
