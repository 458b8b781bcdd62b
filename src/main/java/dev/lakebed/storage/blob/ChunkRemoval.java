package dev.lakebed.storage.blob;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Removes chunks that metadata has released. One counts as gone when its file has no name any more
 * and the directory was synced, so that no crash brings it back after everybody has forgotten it.
 */
final class ChunkRemoval {
  private static final System.Logger LOG = System.getLogger(ChunkRemoval.class.getName());

  private final FileLayer files;
  private final VolumeDirectory directory;
  private final ChunkFiles chunks;
  private final OpenFiles openFiles;
  private final ChunkPins pins;

  ChunkRemoval(
      FileLayer files,
      VolumeDirectory directory,
      ChunkFiles chunks,
      OpenFiles openFiles,
      ChunkPins pins) {
    this.files = files;
    this.directory = directory;
    this.chunks = chunks;
    this.openFiles = openFiles;
    this.pins = pins;
  }

  /** Removes what nobody reads; those that are gone. */
  Set<BlobRef> run(Collection<BlobRef> refs) {
    Map<Path, Set<BlobRef>> unsynced = new HashMap<>();
    int failed = 0;
    for (BlobRef ref : refs) {
      openFiles.forget(ref.file());
      try {
        if (pins.removeUnpinned(ref.file(), chunks::delete)) {
          unsynced
              .computeIfAbsent(directory.chunk(ref.file()).getParent(), path -> new HashSet<>())
              .add(ref);
        }
      } catch (IOException e) {
        report(failed++, e);
      }
    }
    return synced(unsynced);
  }

  /** Also where the file was gone already: the sync may be what failed the last time. */
  private Set<BlobRef> synced(Map<Path, Set<BlobRef>> unsynced) {
    Set<BlobRef> gone = new HashSet<>();
    if (unsynced.isEmpty()) {
      return gone;
    }
    try {
      files.syncDirectory(directory.incoming());
      for (Map.Entry<Path, Set<BlobRef>> removed : unsynced.entrySet()) {
        files.syncDirectory(removed.getKey());
        gone.addAll(removed.getValue());
      }
    } catch (IOException e) {
      report(0, e);
    }
    return gone;
  }

  /** The first of many: the others mostly fail for the same reason. */
  private void report(int before, IOException failure) {
    if (before == 0) {
      LOG.log(
          Level.WARNING,
          "cannot remove released chunks on volume " + directory.volume() + "; it is tried again",
          failure);
    }
  }
}
