package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
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
  private final Map<Target, Optional<EncodedObject>> results = new HashMap<>();
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
    Target target = write.target();
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

  /** Objects to be written. */
  List<EncodedObject> puts() {
    List<EncodedObject> puts = new ArrayList<>(results.size());
    results.values().forEach(result -> result.ifPresent(puts::add));
    return puts;
  }

  /** Keys that lose their object. */
  List<Target> deletes() {
    List<Target> deletes = new ArrayList<>();
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

  private Optional<StoredObject> current(Target target) {
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
}
