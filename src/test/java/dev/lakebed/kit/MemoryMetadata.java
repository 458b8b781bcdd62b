package dev.lakebed.kit;

import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
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
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.NoSuchObjectException;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/** Buckets and objects in memory, with the contract of the real store. */
public final class MemoryMetadata implements Buckets, AccessRules, Objects {
  /** Order of keys: by bytes of UTF-8. */
  static final Comparator<String> BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final BlobStore blobs;
  private final TreeMap<String, Bucket> buckets = new TreeMap<>(BYTES);
  private final TreeMap<Long, TreeMap<String, StoredObject>> objects = new TreeMap<>();
  private final MemoryUploads uploads;
  private final LongPredicate holdsNamespace;
  private final Set<String> unavailable = new HashSet<>();
  private long nextId;

  /**
   * Releases displaced blobs there.
   *
   * @param holdsNamespace whether there is one in a bucket of that id
   */
  MemoryMetadata(BlobStore blobs, LongPredicate holdsNamespace) {
    this.blobs = blobs;
    this.holdsNamespace = holdsNamespace;
    this.uploads = new MemoryUploads(this, blobs);
  }

  /** Deletes nothing of that name from now on. */
  public synchronized void letNobodyDelete(String key) {
    unavailable.add(key);
  }

  /** The uploads to these buckets. */
  public MemoryUploads uploads() {
    return uploads;
  }

  @Override
  public synchronized Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  @Override
  public synchronized Bucket create(
      String name, Bucket.Kind kind, String owner, Map<String, String> tags) {
    if (buckets.containsKey(name)) {
      throw new BucketExistsException(buckets.get(name));
    }
    Bucket bucket =
        new Bucket(++nextId, name, kind, owner, Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .with(BucketTags.NONE.with(tags));
    buckets.put(name, bucket);
    objects.put(bucket.id(), new TreeMap<>(BYTES));
    return bucket;
  }

  @Override
  public synchronized void setPolicy(Bucket bucket, Face face, Optional<StoredPolicy> policy) {
    BucketAccess now = buckets.get(bucket.name()).access();
    BucketAccess then =
        face == Face.S3
            ? new BucketAccess(policy, now.tablesPolicy(), now.block())
            : new BucketAccess(now.s3Policy(), policy, now.block());
    buckets.computeIfPresent(bucket.name(), (name, known) -> known.with(then));
  }

  @Override
  public synchronized void setBlock(Bucket bucket, Optional<PublicAccessBlock> block) {
    BucketAccess now = buckets.get(bucket.name()).access();
    BucketAccess then = new BucketAccess(now.s3Policy(), now.tablesPolicy(), block);
    buckets.computeIfPresent(bucket.name(), (name, known) -> known.with(then));
  }

  @Override
  public synchronized void setCors(Bucket bucket, List<CorsRule> rules) {
    buckets.computeIfPresent(bucket.name(), (name, known) -> known.withCors(rules));
  }

  @Override
  public synchronized void changeTags(Bucket bucket, UnaryOperator<BucketTags> change) {
    Bucket now = buckets.get(bucket.name());
    if (now == null || now.id() != bucket.id()) {
      throw new NoSuchBucketException();
    }
    buckets.put(now.name(), now.with(change.apply(now.tags())));
  }

  @Override
  public synchronized boolean delete(Bucket bucket) {
    if (!objects.containsKey(bucket.id())) {
      return false;
    }
    if (!objects.get(bucket.id()).isEmpty() || holdsNamespace.test(bucket.id())) {
      throw new BucketNotEmptyException(bucket.name());
    }
    objects.remove(bucket.id());
    buckets.remove(bucket.name());
    return true;
  }

  @Override
  public synchronized List<Bucket> list(
      Optional<Bucket.Kind> kind, String prefix, String after, int limit) {
    return buckets.tailMap(after, after.isEmpty()).values().stream()
        .filter(b -> kind.isEmpty() || kind.get() == b.kind())
        .filter(b -> b.name().startsWith(prefix))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<StoredObject> find(long bucket, String key) {
    return Optional.ofNullable(objects.get(bucket)).map(all -> all.get(key));
  }

  @Override
  public synchronized void put(StoredObject object, WriteCondition condition) {
    TreeMap<String, StoredObject> all = objects.get(object.bucket());
    if (all == null) {
      throw new NoSuchBucketException();
    }
    condition.check(Optional.ofNullable(all.get(object.key())));
    displaced(all.put(object.key(), object), object);
  }

  @Override
  public synchronized void tag(
      long bucket, String key, Map<String, String> tags, WriteCondition condition) {
    if (!objects.containsKey(bucket)) {
      throw new NoSuchBucketException();
    }
    StoredObject current = objects.get(bucket).get(key);
    if (current == null) {
      throw new NoSuchObjectException();
    }
    condition.check(Optional.of(current));
    objects.get(bucket).put(key, current.withTags(tags));
  }

  @Override
  public synchronized List<Optional<RuntimeException>> delete(long bucket, List<Deletion> keys) {
    List<Optional<RuntimeException>> outcomes = new ArrayList<>();
    for (Deletion deletion : keys) {
      StoredObject current = objects.get(bucket).get(deletion.key());
      try {
        if (unavailable.contains(deletion.key())) {
          throw new MetadataUnavailableException(deletion.key());
        }
        deletion.condition().check(Optional.ofNullable(current));
        if (current != null) {
          objects.get(bucket).remove(deletion.key());
          current.chunks().forEach(chunk -> blobs.release(chunk.ref()));
        }
        outcomes.add(Optional.empty());
      } catch (RuntimeException refused) {
        outcomes.add(Optional.of(refused));
      }
    }
    return outcomes;
  }

  @Override
  public synchronized Page list(ListQuery query) {
    List<Entry> entries = new ArrayList<>();
    String lastPrefix = query.skipPrefix() ? query.after() : null;
    for (StoredObject object : objects.get(query.bucket()).values()) {
      String key = object.key();
      if (!key.startsWith(query.prefix())
          || BYTES.compare(key, query.after()) <= 0
          || (lastPrefix != null && key.startsWith(lastPrefix))) {
        continue;
      }
      if (entries.size() == query.limit()) {
        return new Page(entries, true);
      }
      int at =
          query.delimiter().isEmpty()
              ? -1
              : key.indexOf(query.delimiter(), query.prefix().length());
      if (at < 0) {
        entries.add(new Listed(object));
      } else {
        lastPrefix = key.substring(0, at + query.delimiter().length());
        entries.add(new CommonPrefix(lastPrefix));
      }
    }
    return new Page(entries, false);
  }

  private void displaced(StoredObject old, StoredObject replacement) {
    if (old != null) {
      List<Chunk> kept = replacement.chunks();
      old.chunks().stream()
          .filter(chunk -> kept.stream().noneMatch(k -> k.ref().equals(chunk.ref())))
          .forEach(chunk -> blobs.release(chunk.ref()));
    }
  }
}
