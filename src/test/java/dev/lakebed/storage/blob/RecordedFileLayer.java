package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.FileLayer.DataDirectoryInUseException;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A file system in memory that records every change and can be told to fail. */
final class RecordedFileLayer implements FileLayer {
  private final Map<Path, Integer> names;
  private final Map<Integer, FileBytes> contents;
  private final List<FileEvent> log = new ArrayList<>();
  private final Set<Path> locks = new HashSet<>();
  private Predicate<FileEvent> failure = event -> false;
  private long usableSpace = Long.MAX_VALUE;
  private int openFiles;
  private int filesOpened;

  RecordedFileLayer() {
    this(new TreeMap<>(), new HashMap<>());
  }

  /** Starts with these files. */
  RecordedFileLayer(Map<Path, Integer> names, Map<Integer, FileBytes> contents) {
    this.names = names;
    this.contents = contents;
  }

  synchronized List<FileEvent> log() {
    return List.copyOf(log);
  }

  synchronized void mark(Object fact) {
    log.add(new FileEvent.Mark(fact));
  }

  /** Lets matching changes fail from now on. */
  synchronized void failWhen(Predicate<FileEvent> newFailure) {
    failure = newFailure;
  }

  synchronized void setUsableSpace(long bytes) {
    usableSpace = bytes;
  }

  synchronized int openFiles() {
    return openFiles;
  }

  /** How often a file was opened or created. */
  synchronized int filesOpened() {
    return filesOpened;
  }

  /** The same files in a layer of their own, with an empty log. */
  synchronized RecordedFileLayer copy() {
    Map<Integer, FileBytes> copies = new HashMap<>();
    contents.forEach((file, bytes) -> copies.put(file, bytes.copy()));
    return new RecordedFileLayer(new TreeMap<>(names), copies);
  }

  private void record(FileEvent event) throws IOException {
    if (failure.test(event)) {
      throw new IOException("injected failure");
    }
    log.add(event);
  }

  @Override
  public synchronized StorageFile create(Path path) throws IOException {
    if (names.containsKey(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    int file = contents.size() + 1;
    record(new FileEvent.Create(path, file));
    names.put(path, file);
    contents.put(file, new FileBytes(new byte[0]));
    return new OpenFile(file);
  }

  @Override
  public synchronized StorageFile openForReading(Path path) throws IOException {
    Integer file = names.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return new OpenFile(file);
  }

  @Override
  public StorageFile openForWriting(Path path) throws IOException {
    return openForReading(path);
  }

  @Override
  public void createDirectories(Path path) {
    // Directories are there as soon as somebody names them.
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    if (!names.containsKey(from)) {
      throw new NoSuchFileException(from.toString());
    }
    record(new FileEvent.Rename(from, to));
    names.put(to, names.remove(from));
  }

  @Override
  public synchronized boolean deleteIfExists(Path path) throws IOException {
    if (!names.containsKey(path)) {
      return false;
    }
    record(new FileEvent.Delete(path));
    names.remove(path);
    return true;
  }

  @Override
  public synchronized boolean exists(Path path) {
    return names.containsKey(path);
  }

  @Override
  public synchronized List<String> list(Path directory) {
    return names.keySet().stream()
        .filter(path -> directory.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .toList();
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    record(new FileEvent.SyncDirectory(directory));
  }

  @Override
  public synchronized long usableSpace(Path path) {
    return usableSpace;
  }

  @Override
  public synchronized Closeable lock(Path path) throws IOException {
    if (!locks.add(path)) {
      throw new DataDirectoryInUseException(path.toString());
    }
    return () -> unlock(path);
  }

  private synchronized void unlock(Path path) {
    locks.remove(path);
  }

  private final class OpenFile implements StorageFile {
    private final int file;
    private boolean closed;

    OpenFile(int file) {
      this.file = file;
      openFiles++;
      filesOpened++;
    }

    private FileBytes bytes() throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
      return contents.get(file);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (RecordedFileLayer.this) {
        return bytes().read(into, position);
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      byte[] copy = new byte[from.remaining()];
      from.get(copy);
      synchronized (RecordedFileLayer.this) {
        FileBytes bytes = bytes();
        record(new FileEvent.Write(file, position, new FileEvent.WrittenBytes(copy)));
        bytes.write(position, copy, 0, copy.length);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (RecordedFileLayer.this) {
        bytes();
        record(new FileEvent.Force(file));
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (RecordedFileLayer.this) {
        FileBytes bytes = bytes();
        record(new FileEvent.Truncate(file, size));
        bytes.truncate(size);
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (RecordedFileLayer.this) {
        return bytes().size();
      }
    }

    @Override
    public void close() {
      synchronized (RecordedFileLayer.this) {
        if (!closed) {
          closed = true;
          openFiles--;
        }
      }
    }
  }
}
