package dev.lakebed.storage.blob;

import java.util.List;
import java.util.Optional;

/** Compares what a directory holds with what the database knows. */
record VolumeMatch(VolumeDirectory directory, List<VolumeLedger.Entry> known) {
  /**
   * Refuses a volume that is missing, of another database, or older or newer than the database.
   *
   * @return what the database knows of the volume; empty when both are new
   */
  Optional<VolumeLedger.Entry> require(Optional<VolumeIdentity> found)
      throws VolumeMismatchException {
    if (known.isEmpty()) {
      if (found.isPresent()) {
        throw refused(
            "%s holds volume %s, which this database has never seen; it belongs to another database"
                .formatted(directory.root(), found.get().uuid()));
      }
      return Optional.empty();
    }
    VolumeLedger.Entry entry = known.getFirst();
    if (known.size() > 1) {
      throw refused("the database knows %d volumes, this server one".formatted(known.size()));
    }
    if (found.isPresent()) {
      compare(entry, found.get());
    } else if (entry.epoch() > 0) {
      throw refused(
          "the database belongs to volume %s, but %s holds none; is its disk mounted?"
              .formatted(entry.volume(), directory.root()));
    }
    return Optional.of(entry);
  }

  private void compare(VolumeLedger.Entry entry, VolumeIdentity found)
      throws VolumeMismatchException {
    if (!entry.volume().equals(found.uuid())) {
      throw refused(
          "the database belongs to volume %s, but %s holds volume %s"
              .formatted(entry.volume(), directory.root(), found.uuid()));
    }
    // A start that was cut off leaves the announced epoch in the file, or the one before.
    if (found.epoch() != entry.epoch() && found.epoch() != entry.announced()) {
      throw refused(
          ("volume %s was opened %d times, but the database remembers %d: one of the two is an"
                  + " older copy; restore both from one backup")
              .formatted(found.uuid(), found.epoch(), entry.epoch()));
    }
  }

  private static VolumeMismatchException refused(String sentence) {
    return new VolumeMismatchException(sentence);
  }
}
