package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.DataDirectoryInUseException;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.files.DurableDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The file system of the machine. What is made here belongs to the server's user alone. */
public final class SystemFileLayer implements FileLayer {
  @Override
  public StorageFile create(Path path) throws IOException {
    return new SystemFile(
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            DurableDirectory.OWNER_ONLY));
  }

  @Override
  public StorageFile openForReading(Path path) throws IOException {
    return new SystemFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public StorageFile openForWriting(Path path) throws IOException {
    return new SystemFile(
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public void createDirectories(Path path) throws IOException {
    Files.createDirectories(path, DurableDirectory.OWNER_ONLY_DIRECTORY);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return Files.deleteIfExists(path);
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    DurableDirectory.sync(directory);
  }

  @Override
  public long usableSpace(Path path) {
    // One system call; a FileStore would read the mount table each time.
    return path.toFile().getUsableSpace();
  }

  @Override
  public Closeable lock(Path path) throws IOException {
    return DurableDirectory.tryLock(path)
        .orElseThrow(
            () ->
                new DataDirectoryInUseException(
                    "data directory owned by another server: " + path.getParent()));
  }

  record SystemFile(FileChannel channel) implements StorageFile {
    /**
     * The JDK copies between heap buffers and a direct buffer that it keeps for each thread as
     * large as the largest call; smaller calls bound that memory.
     */
    private static final int CALL_BYTES = 64 * 1024;

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      int end = into.limit();
      int start = into.position();
      int got = 0;
      while (into.position() < end && got >= 0) {
        into.limit(callEnd(into, end));
        got = channel.read(into, position + into.position() - start);
      }
      into.limit(end);
      return into.position() - start;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      int end = from.limit();
      int start = from.position();
      while (from.position() < end) {
        from.limit(callEnd(from, end));
        channel.write(from, position + from.position() - start);
      }
    }

    private static int callEnd(ByteBuffer buffer, int end) {
      return buffer.isDirect() ? end : Math.min(end, buffer.position() + CALL_BYTES);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
