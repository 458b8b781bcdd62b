package dev.lakebed.iam.api;

import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import dev.lakebed.storage.metadata.iam.LastUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A user or role with everything that it used, as far as a report on last use tells it. */
record LastAccessCandidate(
    Kind kind, String arn, String path, String name, String id, List<LastUse> uses) {
  private static final int ITSELF = 300;
  private static final int USE = 250;

  static LastAccessCandidate of(Entity entity, List<LastUse> uses) {
    return new LastAccessCandidate(
        entity.kind(), entity.arn(), entity.path(), entity.name(), entity.id(), uses);
  }

  Optional<LastUse> use(String service) {
    return uses.stream().filter(use -> use.service().equals(service)).findFirst();
  }

  Instant at(String service) {
    return use(service).map(LastUse::at).orElse(Instant.MIN);
  }

  /** About how many bytes of memory it takes. */
  long size() {
    int texts = arn.length() + path.length() + name.length();
    int regions = uses.stream().mapToInt(use -> use.region().length()).sum();
    return ITSELF + texts + (long) USE * uses.size() + regions;
  }
}
