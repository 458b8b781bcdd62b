package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A file system of which one call, or every call from one on, fails as the system would. */
final class FaultyFileLayer implements FileLayer {
  /** How a call fails. */
  enum Fault {
    NO_SPACE("No space left on device"),
    IO_ERROR("Input/output error"),
    /** Half of the bytes are written before the device is full. */
    SHORT_WRITE("No space left on device");

    private final String message;

    Fault(String message) {
      this.message = message;
    }
  }

  @FunctionalInterface
  private interface Operation<T> {
    T run() throws IOException;
  }

  private final FileLayer files;
  private final Fault fault;
  private final boolean lasting;
  private long left = Long.MAX_VALUE;
  private boolean hit;

  FaultyFileLayer(FileLayer files, Fault fault, boolean lasting) {
    this.files = files;
    this.fault = fault;
    this.lasting = lasting;
  }

  /** Lets the call fail before which there are so many others. */
  synchronized void failAfter(long calls) {
    left = calls;
    hit = false;
  }

  /** Nothing fails any more; whether anything did. */
  synchronized boolean heal() {
    left = Long.MAX_VALUE;
    return hit;
  }

  private synchronized boolean fails() {
    left--;
    boolean fails = lasting ? left < 0 : left == -1;
    hit |= fails;
    return fails;
  }

  private <T> T call(Operation<T> operation) throws IOException {
    if (fails()) {
      throw new IOException(fault.message);
    }
    return operation.run();
  }

  private void run(Closeable operation) throws IOException {
    call(
        () -> {
          operation.close();
          return true;
        });
  }

  @Override
  public StorageFile create(Path path) throws IOException {
    return new FaultyFile(call(() -> files.create(path)));
  }

  @Override
  public StorageFile openForReading(Path path) throws IOException {
    return new FaultyFile(call(() -> files.openForReading(path)));
  }

  @Override
  public StorageFile openForWriting(Path path) throws IOException {
    return new FaultyFile(call(() -> files.openForWriting(path)));
  }

  @Override
  public void createDirectories(Path path) throws IOException {
    run(() -> files.createDirectories(path));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    run(() -> files.rename(from, to));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return call(() -> files.deleteIfExists(path));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return call(() -> files.exists(path));
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return call(() -> files.list(directory));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    run(() -> files.syncDirectory(directory));
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return call(() -> files.usableSpace(path));
  }

  @Override
  public Closeable lock(Path path) throws IOException {
    return call(() -> files.lock(path));
  }

  private final class FaultyFile implements StorageFile {
    private final StorageFile file;

    FaultyFile(StorageFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return call(() -> file.read(into, position));
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      if (!fails()) {
        file.write(from, position);
        return;
      }
      if (fault == Fault.SHORT_WRITE) {
        file.write(from.slice(from.position(), from.remaining() / 2), position);
      }
      throw new IOException(fault.message);
    }

    @Override
    public void force() throws IOException {
      run(file::force);
    }

    @Override
    public void truncate(long size) throws IOException {
      run(() -> file.truncate(size));
    }

    @Override
    public long size() throws IOException {
      return call(file::size);
    }

    /** A descriptor is gone also when closing it failed. */
    @Override
    public void close() throws IOException {
      boolean fails = fails();
      file.close();
      if (fails) {
        throw new IOException(fault.message);
      }
    }
  }
}
