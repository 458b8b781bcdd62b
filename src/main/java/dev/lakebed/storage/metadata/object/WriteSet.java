package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.NoSuchObjectException;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** What stands against the write: its condition's exception or a missing bucket. */
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
    return results.values().stream().flatMap(Optional::stream).toList();
  }

  /** Keys that lose their object. */
  List<ObjectKey> deletes() {
    return results.entrySet().stream()
        .filter(result -> result.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(target -> locked.current(target).isPresent())
        .toList();
  }

  /** Chunk files that nothing names after this; an object that changed only its tags keeps its. */
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
    return object.chunks().stream()
        .map(Chunk::ref)
        .filter(ref -> ref.kind() == BlobRef.Kind.CHUNK)
        .collect(Collectors.toSet());
  }

  sealed interface Write {
    ObjectKey target();

    WriteCondition condition();

    /** Throws what its condition throws. */
    default void check(Optional<StoredObject> current) {
      condition().check(current);
    }

    /** The new object; empty when the key is to be deleted. */
    Optional<EncodedObject> replacement(Optional<StoredObject> current);

    record Put(EncodedObject object, WriteCondition condition) implements Write {
      @Override
      public ObjectKey target() {
        return object.target();
      }

      @Override
      public Optional<EncodedObject> replacement(Optional<StoredObject> current) {
        return Optional.of(object);
      }
    }

    record Delete(ObjectKey target, WriteCondition condition) implements Write {
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
