package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.VolumeIdentity.UnreadableIdentityException;
import dev.lakebed.storage.blob.volume.VolumeLedger.Opening;
import dev.lakebed.storage.blob.volume.VolumeLedger.VolumeMismatchException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds or creates a volume and brings it to a clean state. Nothing is changed before the database
 * has agreed that it is the volume, and the only one, that it knows.
 */
public record VolumeOpening(
    FileLayer files, Path data, VolumeDirectory directory, VolumeLedger ledger) {
  /** The identity for this run, with an epoch that no earlier run had. */
  public VolumeIdentity open(OrphanCheck check) throws IOException {
    Optional<VolumeIdentity> found = read();
    if (found.isEmpty()) {
      requireNoFiles();
    }
    Optional<VolumeLedger.Entry> known = matching(ledger.volumes(), found);
    UUID uuid = known.map(entry -> entry.opened().uuid()).orElseGet(UUID::randomUUID);
    VolumeIdentity before = found.orElse(VolumeIdentity.unopened(uuid));
    VolumeIdentity identity = before.next();
    Opening opening = new Opening(before, identity);
    requireAgreed(ledger.announce(opening));
    if (found.isPresent()) {
      Recovery recovery = new Recovery(files, directory, before);
      recovery.cutSegments();
      recovery.sortIncoming(check);
    } else {
      createDirectories();
    }
    identity.write(files, directory);
    requireAgreed(ledger.opened(opening));
    return identity;
  }

  /** Says of a file that cannot be used what the database knows, for who must write it again. */
  private Optional<VolumeIdentity> read() throws IOException {
    try {
      return VolumeIdentity.read(files, directory);
    } catch (UnreadableIdentityException e) {
      List<VolumeLedger.Entry> known = ledger.volumes();
      if (known.isEmpty()) {
        throw e;
      }
      VolumeIdentity opened = known.getFirst().opened();
      throw new UnreadableIdentityException(
          "%s; the database remembers uuid %s, epoch %d, opening %s"
              .formatted(e.getMessage(), opened.uuid(), opened.epoch(), opened.opening()));
    }
  }

  private static void requireAgreed(boolean agreed) throws VolumeMismatchException {
    if (!agreed) {
      throw new VolumeMismatchException("another server has opened a volume on this database");
    }
  }

  private void createDirectories() throws IOException {
    files.createDirectories(directory.segments());
    files.createDirectories(directory.incoming());
    for (int low = 0; low < VolumeDirectory.FANOUT; low++) {
      files.createDirectories(directory.chunks(low));
    }
    files.syncDirectory(directory.chunks());
    files.syncDirectory(directory.root());
    files.syncDirectory(data.resolve("volumes"));
    files.syncDirectory(data);
  }

  /** Directories may be there: a crash ended the first start. */
  private void requireNoFiles() throws IOException {
    requireEmpty(directory.segments());
    requireEmpty(directory.incoming());
    for (int low = 0; low < VolumeDirectory.FANOUT; low++) {
      requireEmpty(directory.chunks(low));
    }
  }

  private void requireEmpty(Path path) throws IOException {
    try {
      if (!files.list(path).isEmpty()) {
        throw new IOException("volume has files but no identity: " + directory.identity());
      }
    } catch (NoSuchFileException notMadeYet) {
      return;
    }
  }

  /** What the database knows of its volume, empty when both are new; refuses any other. */
  private Optional<VolumeLedger.Entry> matching(
      List<VolumeLedger.Entry> known, Optional<VolumeIdentity> found)
      throws VolumeMismatchException {
    if (known.isEmpty()) {
      if (found.isPresent()) {
        throw new VolumeMismatchException(
            "%s holds volume %s, which this database has never seen; it belongs to another database"
                .formatted(directory.root(), found.get().uuid()));
      }
      return Optional.empty();
    }
    VolumeLedger.Entry entry = known.getFirst();
    if (known.size() > 1) {
      throw new VolumeMismatchException(
          "the database knows %d volumes, this server one".formatted(known.size()));
    }
    if (found.isPresent()) {
      compare(entry, found.get());
    } else if (entry.opened().epoch() > 0) {
      throw new VolumeMismatchException(
          "the database belongs to volume %s, but %s holds none; is its disk mounted?"
              .formatted(entry.opened().uuid(), directory.root()));
    }
    return Optional.of(entry);
  }

  private void compare(VolumeLedger.Entry entry, VolumeIdentity found)
      throws VolumeMismatchException {
    VolumeIdentity opened = entry.opened();
    if (!opened.uuid().equals(found.uuid())) {
      throw new VolumeMismatchException(
          "the database belongs to volume %s, but %s holds volume %s"
              .formatted(opened.uuid(), directory.root(), found.uuid()));
    }
    // A start that was cut off leaves the announced identity in the file, or the one before.
    if (found.equals(opened) || found.equals(entry.announced())) {
      return;
    }
    throw new VolumeMismatchException(
        found.epoch() == opened.epoch()
            ? ("volume %s was opened last as %s, but the database remembers %s: they were opened"
                    + " beside other copies; restore both from one backup")
                .formatted(found.uuid(), found.opening(), opened.opening())
            : ("volume %s was opened %d times, but the database remembers %d: one of the two is"
                    + " an older copy; restore both from one backup")
                .formatted(found.uuid(), found.epoch(), opened.epoch()));
  }

  /** Asked after a crash whether metadata names a blob that was committed but not confirmed. */
  @FunctionalInterface
  public interface OrphanCheck {
    boolean isNamed(BlobRef ref, byte[] descriptor);
  }
}
