package dev.lakebed.storage.metadata;

import java.util.Map;
import java.util.Optional;

/** A change of one key's current object. */
sealed interface Write {
  /** The key it changes. */
  Target target();

  /**
   * Checks its condition.
   *
   * @throws RuntimeException the condition's own
   */
  void check(Optional<StoredObject> current);

  /** The new object; empty when the key is to be deleted. */
  Optional<EncodedObject> replacement(Optional<StoredObject> current);

  /** Puts an object in place. */
  record Put(EncodedObject object, WriteCondition condition) implements Write {
    @Override
    public Target target() {
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
  record Delete(Target target, WriteCondition condition) implements Write {
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
  record Tag(Target target, Map<String, String> tags, WriteCondition condition) implements Write {
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
