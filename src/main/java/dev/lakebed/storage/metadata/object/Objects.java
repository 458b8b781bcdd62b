package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The current objects of all buckets. Writes of concurrent requests share transactions; each is
 * durable when its method returns. Blobs that a write displaces are queued for release in the same
 * transaction.
 *
 * <p>A write that throws {@link UnknownOutcomeException} may have happened. One that throws any
 * other exception has not happened and will not; of {@link #delete} that is so for each key. An
 * {@link Error} says nothing.
 */
public interface Objects {
  Optional<StoredObject> find(long bucket, String key);

  /** Puts an object in place of the current one, or throws {@link NoSuchBucketException}. */
  void put(StoredObject object, WriteCondition condition);

  /**
   * Gives the current object other tags; everything else of it, also its time, stays. {@link
   * NoSuchObjectException} when there is none.
   */
  void tag(long bucket, String key, Map<String, String> tags, WriteCondition condition);

  /**
   * Deletes objects; one that does not exist counts as deleted.
   *
   * @param keys up to 1000 keys with their conditions
   * @return one outcome per key, in order: empty, or the exception that its condition threw, or a
   *     {@link MetadataUnavailableException}
   * @throws NoSuchBucketException when the bucket is gone
   */
  List<Optional<RuntimeException>> delete(long bucket, List<Deletion> keys);

  /** One page of a listing, in UTF-8 byte order; its cost does not depend on what is skipped. */
  Page list(ListQuery query);

  /** A key to delete, if the condition holds of the current object, or of there being none. */
  record Deletion(String key, WriteCondition condition) {}

  /**
   * What to list.
   *
   * @param delimiter roll keys up to and including its first occurrence after the prefix; empty for
   *     none
   * @param after exclusive start: a key, or a rolled-up prefix, of which every key is then skipped
   *     when {@code skipPrefix}
   * @param skipPrefix whether {@code after} is a common prefix that was already listed
   * @param limit most entries, objects and common prefixes together
   */
  record ListQuery(
      long bucket, String prefix, String delimiter, String after, boolean skipPrefix, int limit) {}

  /** A page, whose entries interleave in byte order, and whether more follows. */
  record Page(List<Entry> entries, boolean truncated) {}

  /** An object or a common prefix. */
  sealed interface Entry {
    String name();
  }

  /** An object without its chunks' and attributes' detail. */
  record Listed(StoredObject object) implements Entry {
    @Override
    public String name() {
      return object.key();
    }
  }

  record CommonPrefix(String name) implements Entry {}

  /**
   * What must hold of the current version for a write to happen; evaluated in the transaction that
   * writes (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">AWS,
   * Conditional writes</a>).
   */
  @FunctionalInterface
  public interface WriteCondition {
    WriteCondition NONE = current -> {};

    /** Throws when it does not hold; the exception reaches the caller unchanged. */
    void check(Optional<StoredObject> current);
  }

  /** A change of an object that does not exist, or no longer does. */
  public static final class NoSuchObjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchObjectException() {
      super("there is no such object");
    }
  }

  /** Objects in PostgreSQL. */
  public record PostgresObjects(Database database, Committer committer) implements Objects {
    private static final String FIND =
        "SELECT " + ObjectRow.COLUMNS + " FROM object o WHERE o.bucket_id = ? AND o.key = ?";

    @Override
    public Optional<StoredObject> find(long bucket, String key) {
      return database.first(
          FIND, row -> ObjectRow.full(row, 1, bucket, key), bucket, KeyBytes.of(key));
    }

    @Override
    public void put(StoredObject object, WriteCondition condition) {
      commit(new Write.Put(EncodedObject.of(object), condition));
    }

    @Override
    public void tag(long bucket, String key, Map<String, String> tags, WriteCondition condition) {
      commit(new Write.Tag(ObjectKey.of(bucket, key), Map.copyOf(tags), condition));
    }

    private void commit(Write write) {
      Optional<RuntimeException> refusal = committer.commit(List.of(write)).getFirst();
      if (refusal.isPresent()) {
        throw refusal.get();
      }
    }

    @Override
    public List<Optional<RuntimeException>> delete(long bucket, List<Deletion> keys) {
      List<Optional<RuntimeException>> outcomes =
          committer.commit(keys.stream().map(deletion -> write(bucket, deletion)).toList());
      for (Optional<RuntimeException> outcome : outcomes) {
        if (outcome.isPresent() && outcome.get() instanceof NoSuchBucketException gone) {
          throw gone;
        }
      }
      return outcomes;
    }

    @Override
    public Page list(ListQuery query) {
      return new ObjectListing(database).page(query);
    }

    private static Write write(long bucket, Deletion deletion) {
      return new Write.Delete(ObjectKey.of(bucket, deletion.key()), deletion.condition());
    }
  }
}
