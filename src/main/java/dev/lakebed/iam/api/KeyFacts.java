package dev.lakebed.iam.api;

import dev.lakebed.storage.metadata.iam.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is told about an access key.
 *
 * @param created nothing is known for a key of the configuration
 */
record KeyFacts(String id, boolean active, Optional<Instant> created) {
  /** The keys of a user, or of a root user, who can have both configured and stored ones. */
  static List<KeyFacts> of(Inventory inventory, Entity owner) {
    Stream<KeyFacts> configured =
        inventory
            .configured()
            .keys(owner)
            .map(key -> new KeyFacts(key.id(), key.active(), Optional.empty()));
    Stream<KeyFacts> stored =
        inventory.stored().keys().of(owner.id()).stream()
            .map(key -> new KeyFacts(key.id(), key.active(), Optional.of(key.created())));
    return Stream.concat(configured, stored).toList();
  }
}
