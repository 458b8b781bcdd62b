package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.NoSuchObjectException;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies writes one after the other to locked keys, in memory. A later write of the same key sees
 * the earlier one's result.
 */
final class WriteSet {
  private final LockedObjects locked;
  private final Map<ObjectKey, Optional<EncodedObject>> results = new HashMap<>();
  private final Set<BlobRef> displaced = new LinkedHashSet<>();

  WriteSet(LockedObjects locked) {
    this.locked = locked;
  }

  /**
   * Applies a write.
   *
   * @return what stands against it: the condition's exception or a missing bucket
   */
  Optional<RuntimeException> apply(Write write) {
    ObjectKey target = write.target();
    if (!locked.hasBucket(target.bucket())) {
      return Optional.of(new NoSuchBucketException());
    }
    Optional<StoredObject> current = current(target);
    try {
      write.check(current);
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
    current.ifPresent(object -> displaced.addAll(refs(object)));
    results.put(target, write.replacement(current));
    return Optional.empty();
  }

  boolean isEmpty() {
    return results.isEmpty();
  }

  List<EncodedObject> puts() {
    List<EncodedObject> puts = new ArrayList<>(results.size());
    results.values().forEach(result -> result.ifPresent(puts::add));
    return puts;
  }

  /** Keys that lose their object. */
  List<ObjectKey> deletes() {
    List<ObjectKey> deletes = new ArrayList<>();
    results.forEach(
        (target, result) -> {
          if (result.isEmpty() && locked.current(target).isPresent()) {
            deletes.add(target);
          }
        });
    return deletes;
  }

  /**
   * Chunk files that nothing names after this. An object that changed only its headers keeps its.
   */
  Set<BlobRef> released() {
    Set<BlobRef> released = new HashSet<>(displaced);
    for (EncodedObject put : puts()) {
      released.removeAll(refs(put.object()));
    }
    return released;
  }

  private Optional<StoredObject> current(ObjectKey target) {
    Optional<EncodedObject> written = results.get(target);
    return written == null ? locked.current(target) : written.map(EncodedObject::object);
  }

  private static Set<BlobRef> refs(StoredObject object) {
    Set<BlobRef> refs = HashSet.newHashSet(object.chunks().size());
    for (Chunk chunk : object.chunks()) {
      if (chunk.ref().kind() == BlobRef.Kind.CHUNK) {
        refs.add(chunk.ref());
      }
    }
    return refs;
  }

  /** A change of one key's current object. */
  sealed interface Write {
    ObjectKey target();

    /**
     * Checks its condition.
     *
     * @throws RuntimeException the condition's own
     */
    void check(Optional<StoredObject> current);

    /** The new object; empty when the key is to be deleted. */
    Optional<EncodedObject> replacement(Optional<StoredObject> current);

    record Put(EncodedObject object, WriteCondition condition) implements Write {
      @Override
      public ObjectKey target() {
        return object.target();
      }

      @Override
      public void check(Optional<StoredObject> current) {
        condition.check(current);
      }

      @Override
      public Optional<EncodedObject> replacement(Optional<StoredObject> current) {
        return Optional.of(object);
      }
    }

    /** Deletes the current object, if any. */
    record Delete(ObjectKey target, WriteCondition condition) implements Write {
      @Override
      public void check(Optional<StoredObject> current) {
        condition.check(current);
      }

      @Override
      public Optional<EncodedObject> replacement(Optional<StoredObject> current) {
        return Optional.empty();
      }
    }

    /** Gives the current object other tags and leaves the rest of it as it is. */
    record Tag(ObjectKey target, Map<String, String> tags, WriteCondition condition)
        implements Write {
      @Override
      public void check(Optional<StoredObject> current) {
        if (current.isEmpty()) {
          throw new NoSuchObjectException();
        }
        condition.check(current);
      }

      @Override
      public Optional<EncodedObject> replacement(Optional<StoredObject> current) {
        return current.map(object -> EncodedObject.of(object.withTags(tags)));
      }
    }
  }
}
