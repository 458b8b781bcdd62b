package dev.lakebed.storage.metadata.object;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Rows of objects in memory, and {@link RolledUpPages}, for the server that alone writes to its
 * database. A reader never sees an older row than the database has: a key that is being written is
 * in no cache from before its transaction begins until after it has ended, and what a reader loads
 * meanwhile is not kept.
 *
 * <p>For that, writes are counted by stripes of keys, see {@link WriteCounts}. A write whose
 * outcome nobody knows may still happen: for {@link #DOUBT} after one nothing is kept.
 */
public final class ObjectCache {
  /** Longer than a transaction can be under way after its caller was told that nobody knows. */
  static final Duration DOUBT = Duration.ofMinutes(10);

  /** Pages get a part of the memory for rows. */
  private static final int PAGES_PART = 2;

  /** What a row takes beside its texts: objects, maps, entries of the cache. */
  private static final int ROW_BYTES = 700;

  private static final int CHUNK_BYTES = 120;
  private static final int HEADER_BYTES = 120;

  private final Cache<ObjectKey, StoredObject> rows;
  private final RolledUpPages pages;
  private final WriteCounts counts = new WriteCounts();
  private final LongSupplier nanos;
  private volatile long doubtful;

  /**
   * An empty one.
   *
   * @param bytes of memory for rows, about; half as many more for pages
   */
  public ObjectCache(long bytes, LongSupplier nanos) {
    this.rows =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((ObjectKey key, StoredObject row) -> weight(key, row))
            .executor(Runnable::run)
            .build();
    this.pages = new RolledUpPages(bytes / PAGES_PART, this::isInDoubt);
    this.nanos = nanos;
    this.doubtful = nanos.getAsLong() - DOUBT.toNanos();
  }

  private static int weight(ObjectKey key, StoredObject row) {
    long weight = ROW_BYTES + 3L * key.key().length + (long) CHUNK_BYTES * row.chunks().size();
    for (Chunk chunk : row.chunks()) {
      weight += chunk.checksum().map(String::length).orElse(0);
    }
    weight +=
        weight(row.attributes().headers())
            + weight(row.attributes().userMetadata())
            + weight(row.attributes().tags());
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  private static long weight(Map<String, String> texts) {
    long weight = 0;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      weight += HEADER_BYTES + text.getKey().length() + 2L * text.getValue().length();
    }
    return weight;
  }

  /** The row of a key: from memory, or from there. */
  Optional<StoredObject> find(ObjectKey key, Supplier<Optional<StoredObject>> database) {
    StoredObject known = rows.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    int stripe = stripe(key);
    int writes = counts.begun(stripe);
    boolean quiet = counts.ended(stripe, writes);
    Optional<StoredObject> found = database.get();
    if (quiet && found.isPresent() && !isInDoubt()) {
      keep(key, found.get(), stripe, writes);
    }
    return found;
  }

  /** Keeps a row unless a write of its stripe has begun; excludes {@link Map#remove} of the key. */
  private void keep(ObjectKey key, StoredObject row, int stripe, int writes) {
    rows.asMap().compute(key, (same, old) -> counts.begun(stripe) == writes ? row : null);
  }

  private boolean isInDoubt() {
    return nanos.getAsLong() - doubtful < DOUBT.toNanos();
  }

  /**
   * Writes.
   *
   * @param keys all that the write may change
   * @param written of its result, the row that now is the only key's; empty when none is to be kept
   */
  <T> T write(
      Collection<ObjectKey> keys, Supplier<T> write, Function<T, Optional<StoredObject>> written) {
    int[] stripes = keys.stream().mapToInt(ObjectCache::stripe).toArray();
    int[] folders = pages.begin(keys);
    int writes = 0;
    for (int stripe : stripes) {
      writes = counts.begin(stripe);
    }
    // Of two writes at once nobody here knows which was the last.
    boolean alone = stripes.length == 1 && counts.ended(stripes[0], writes - 1);
    try {
      keys.forEach(rows.asMap()::remove);
      T result = write.get();
      Optional<StoredObject> row = written.apply(result);
      if (alone && row.isPresent() && !isInDoubt()) {
        keep(keys.iterator().next(), row.get(), stripes[0], writes);
      }
      return result;
    } catch (UnknownOutcomeException | Error unknown) {
      doubt();
      throw unknown;
    } finally {
      Arrays.stream(stripes).forEach(counts::end);
      pages.end(folders);
    }
  }

  private void doubt() {
    doubtful = nanos.getAsLong();
    rows.invalidateAll();
  }

  private static int stripe(ObjectKey key) {
    return WriteCounts.stripe(key.hashCode());
  }

  /** The same objects, with their rows kept here. */
  public Objects over(Objects database) {
    return new CachedObjects(this, database);
  }

  /** Uploads whose completions are seen here. */
  public Uploads over(Uploads database) {
    return new CachedUploads(this, database);
  }

  /** Objects with their rows in memory. */
  private record CachedObjects(ObjectCache cache, Objects database) implements Objects {
    @Override
    public Optional<StoredObject> find(long bucket, String key) {
      return cache.find(ObjectKey.of(bucket, key), () -> database.find(bucket, key));
    }

    @Override
    public void put(StoredObject object, WriteCondition condition) {
      cache.write(
          List.of(ObjectKey.of(object.bucket(), object.key())),
          () -> {
            database.put(object, condition);
            return object;
          },
          Optional::of);
    }

    @Override
    public void tag(long bucket, String key, Map<String, String> tags, WriteCondition condition) {
      cache.write(
          List.of(ObjectKey.of(bucket, key)),
          () -> {
            database.tag(bucket, key, tags, condition);
            return tags;
          },
          done -> Optional.empty());
    }

    @Override
    public List<Optional<RuntimeException>> delete(long bucket, List<Deletion> keys) {
      return cache.write(
          keys.stream().map(each -> ObjectKey.of(bucket, each.key())).toList(),
          () -> {
            List<Optional<RuntimeException>> outcomes = database.delete(bucket, keys);
            if (outcomes.stream()
                .anyMatch(o -> o.orElse(null) instanceof UnknownOutcomeException)) {
              cache.doubt();
            }
            return outcomes;
          },
          done -> Optional.empty());
    }

    @Override
    public Page list(Objects.ListQuery query) {
      return cache.pages.find(query, () -> database.list(query));
    }
  }

  /** Uploads of which only the completion changes an object. */
  private record CachedUploads(ObjectCache cache, Uploads database) implements Uploads {
    @Override
    public void create(Upload upload) {
      database.create(upload);
    }

    @Override
    public Optional<Upload> find(long bucket, String key, String uploadId) {
      return database.find(bucket, key, uploadId);
    }

    @Override
    public boolean putPart(Upload upload, StoredPart part) {
      return database.putPart(upload, part);
    }

    @Override
    public List<StoredPart> parts(String uploadId, int afterNumber, int limit) {
      return database.parts(uploadId, afterNumber, limit);
    }

    @Override
    public Optional<StoredObject> complete(
        Upload upload,
        Function<List<StoredPart>, StoredObject> assembly,
        Objects.WriteCondition condition) {
      return cache.write(
          List.of(ObjectKey.of(upload.bucket(), upload.key())),
          () -> database.complete(upload, assembly, condition),
          done -> Optional.empty());
    }

    @Override
    public boolean abort(Upload upload) {
      return database.abort(upload);
    }

    @Override
    public UploadPage list(Uploads.ListQuery query) {
      return database.list(query);
    }
  }
}
