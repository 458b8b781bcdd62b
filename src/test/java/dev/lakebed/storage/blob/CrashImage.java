package dev.lakebed.storage.blob;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Builds what a disk may hold when power is lost after some events. What was not synced may be
 * there, be lost, or be there in part: writes in sectors of 512 bytes in any order, changes of
 * names up to any point. A rename is durable once either directory was synced, and never half done.
 */
final class CrashImage {
  /** What becomes of that which was not synced. */
  enum Unsynced {
    LOST,
    KEPT,
    RANDOM
  }

  private static final int SECTOR = 512;

  private final Unsynced unsynced;
  private final Random random;
  private final Map<Path, Integer> names = new TreeMap<>();
  private final Map<Integer, FileBytes> contents = new HashMap<>();
  private final Map<Integer, List<FileEvent>> pendingBytes = new HashMap<>();
  private final List<FileEvent> pendingNames = new ArrayList<>();

  private CrashImage(Unsynced unsynced, Random random) {
    this.unsynced = unsynced;
    this.random = random;
  }

  static RecordedFileLayer after(List<FileEvent> events, Unsynced unsynced, Random random) {
    CrashImage image = new CrashImage(unsynced, random);
    events.forEach(image::take);
    image.crash();
    return new RecordedFileLayer(image.names, image.contents);
  }

  private void take(FileEvent event) {
    switch (event) {
      case FileEvent.Create create -> {
        contents.put(create.file(), new FileBytes(new byte[0]));
        pendingBytes.put(create.file(), new ArrayList<>());
        pendingNames.add(create);
      }
      case FileEvent.Write write -> pendingBytes.get(write.file()).add(write);
      case FileEvent.Truncate truncate -> pendingBytes.get(truncate.file()).add(truncate);
      case FileEvent.Force force -> {
        pendingBytes.get(force.file()).forEach(this::applyBytes);
        pendingBytes.get(force.file()).clear();
      }
      case FileEvent.Rename rename -> pendingNames.add(rename);
      case FileEvent.Delete delete -> pendingNames.add(delete);
      case FileEvent.SyncDirectory sync -> sync(sync.path());
      case FileEvent.Mark mark -> {}
    }
  }

  private void sync(Path directory) {
    List<FileEvent> synced = pendingNames.stream().filter(e -> concerns(e, directory)).toList();
    synced.forEach(this::applyName);
    pendingNames.removeAll(synced);
  }

  private static boolean concerns(FileEvent event, Path directory) {
    return switch (event) {
      case FileEvent.Create create -> directory.equals(create.path().getParent());
      case FileEvent.Delete delete -> directory.equals(delete.path().getParent());
      case FileEvent.Rename rename ->
          directory.equals(rename.from().getParent()) || directory.equals(rename.to().getParent());
      default -> false;
    };
  }

  private void applyName(FileEvent event) {
    switch (event) {
      case FileEvent.Create create -> names.put(create.path(), create.file());
      case FileEvent.Delete delete -> names.remove(delete.path());
      case FileEvent.Rename rename -> {
        Integer file = names.remove(rename.from());
        if (file != null) {
          names.put(rename.to(), file);
        }
      }
      default -> throw new IllegalArgumentException(event.toString());
    }
  }

  private void applyBytes(FileEvent event) {
    switch (event) {
      case FileEvent.Write write ->
          write
              .bytes()
              .writeTo(contents.get(write.file()), write.position(), 0, write.bytes().length());
      case FileEvent.Truncate truncate -> contents.get(truncate.file()).truncate(truncate.size());
      default -> throw new IllegalArgumentException(event.toString());
    }
  }

  private void crash() {
    int keptNames =
        switch (unsynced) {
          case LOST -> 0;
          case KEPT -> pendingNames.size();
          case RANDOM -> random.nextInt(pendingNames.size() + 1);
        };
    pendingNames.subList(0, keptNames).forEach(this::applyName);
    for (List<FileEvent> events : pendingBytes.values()) {
      switch (unsynced) {
        case LOST -> {}
        case KEPT -> events.forEach(this::applyBytes);
        case RANDOM -> events.forEach(this::applyTorn);
      }
    }
  }

  private void applyTorn(FileEvent event) {
    if (!(event instanceof FileEvent.Write write)) {
      if (random.nextBoolean()) {
        applyBytes(event);
      }
      return;
    }
    int at = 0;
    while (at < write.bytes().length()) {
      int toSectorEnd = SECTOR - (int) ((write.position() + at) % SECTOR);
      int length = Math.min(toSectorEnd, write.bytes().length() - at);
      if (random.nextBoolean()) {
        write.bytes().writeTo(contents.get(write.file()), write.position(), at, length);
      }
      at += length;
    }
  }
}
