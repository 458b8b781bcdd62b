package dev.lakebed.metadata;

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
  Optional<EncodedObject> replacement();

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
    public Optional<EncodedObject> replacement() {
      return Optional.of(object);
    }
  }

  /** Deletes the current object, if any; without one the condition is not asked. */
  record Delete(Target target, WriteCondition condition) implements Write {
    @Override
    public void check(Optional<StoredObject> current) {
      if (current.isPresent()) {
        condition.check(current);
      }
    }

    @Override
    public Optional<EncodedObject> replacement() {
      return Optional.empty();
    }
  }
}
