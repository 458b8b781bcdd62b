package dev.lakebed.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Finds or creates a volume and brings it to a clean state. */
final class VolumeOpening {
  private final FileLayer files;
  private final Path data;
  private final VolumeDirectory directory;

  VolumeOpening(FileLayer files, Path data, VolumeDirectory directory) {
    this.files = files;
    this.data = data;
    this.directory = directory;
  }

  /** The identity for this run, with an epoch that no earlier run had. */
  VolumeIdentity open(OrphanCheck check) throws IOException {
    Optional<VolumeIdentity> found = VolumeIdentity.read(files, directory);
    VolumeIdentity identity;
    if (found.isPresent()) {
      Recovery recovery = new Recovery(files, directory);
      recovery.cutSegments(found.get().epoch());
      recovery.sortIncoming(check);
      identity = found.get().next();
    } else {
      createDirectories();
      identity = new VolumeIdentity(UUID.randomUUID(), 1);
    }
    identity.write(files, directory);
    return identity;
  }

  private void createDirectories() throws IOException {
    files.createDirectories(directory.segments());
    files.createDirectories(directory.incoming());
    requireEmpty(directory.segments());
    requireEmpty(directory.incoming());
    for (int low = 0; low < VolumeDirectory.FANOUT; low++) {
      files.createDirectories(directory.chunks(low));
      requireEmpty(directory.chunks(low));
    }
    files.syncDirectory(directory.chunks());
    files.syncDirectory(directory.root());
    files.syncDirectory(data.resolve("volumes"));
    files.syncDirectory(data);
  }

  private void requireEmpty(Path path) throws IOException {
    if (!files.list(path).isEmpty()) {
      throw new IOException("volume has files but no identity: " + directory.identity());
    }
  }
}
