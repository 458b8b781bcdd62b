package dev.lakebed.tables;

import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketAccess;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketNotEmptyException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.bucket.CorsRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/** Buckets in memory, by the contract of {@link Buckets}. */
final class MemoryBuckets implements Buckets, AccessRules {
  private final TreeMap<String, Bucket> buckets = new TreeMap<>();
  private final LongPredicate holdsSomething;
  private long lastId;

  MemoryBuckets(LongPredicate holdsSomething) {
    this.holdsSomething = holdsSomething;
  }

  @Override
  public synchronized Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  @Override
  public synchronized Bucket create(
      String name, Bucket.Kind kind, String owner, Map<String, String> tags) {
    find(name)
        .ifPresent(
            existing -> {
              throw new BucketExistsException(existing);
            });
    lastId++;
    Bucket bucket =
        new Bucket(lastId, name, kind, owner, Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .with(BucketTags.NONE.with(tags));
    buckets.put(name, bucket);
    return bucket;
  }

  @Override
  public synchronized void setPolicy(Bucket bucket, Face face, Optional<StoredPolicy> policy) {
    buckets.computeIfPresent(
        bucket.name(),
        (name, known) ->
            known.with(
                new BucketAccess(known.access().s3Policy(), policy, known.access().block())));
  }

  @Override
  public void setBlock(Bucket bucket, Optional<PublicAccessBlock> block) {
    throw new UnsupportedOperationException("S3 Tables has no Block Public Access");
  }

  @Override
  public void setCors(Bucket bucket, List<CorsRule> rules) {
    throw new UnsupportedOperationException("S3 Tables has no CORS rules");
  }

  @Override
  public synchronized void changeTags(Bucket bucket, UnaryOperator<BucketTags> change) {
    Bucket now = find(bucket.name()).orElseThrow(NoSuchBucketException::new);
    buckets.put(now.name(), now.with(change.apply(now.tags())));
  }

  @Override
  public synchronized boolean delete(Bucket bucket) {
    if (holdsSomething.test(bucket.id())) {
      throw new BucketNotEmptyException(bucket.name());
    }
    return buckets.remove(bucket.name()) != null;
  }

  @Override
  public synchronized List<Bucket> list(
      Optional<Bucket.Kind> kind, String prefix, String after, int limit) {
    return buckets.values().stream()
        .filter(bucket -> kind.map(wanted -> wanted == bucket.kind()).orElse(true))
        .filter(bucket -> bucket.name().startsWith(prefix) && bucket.name().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }
}
