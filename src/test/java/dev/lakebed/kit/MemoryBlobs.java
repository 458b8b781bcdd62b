package dev.lakebed.kit;

import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Blobs in memory; knows which are confirmed, released and never committed. */
public final class MemoryBlobs implements BlobStore {
  private final Map<Long, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<Long, byte[]> descriptors = new ConcurrentHashMap<>();
  private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();
  private final Set<Long> left = ConcurrentHashMap.newKeySet();
  private final AtomicInteger pinned = new AtomicInteger();
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();

  @Override
  public BlobWriter begin(long expectedLength) {
    open.incrementAndGet();
    return new Writer();
  }

  @Override
  public void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException {
    byte[] bytes = blobs.get(ref.file());
    if (bytes == null) {
      throw new CorruptBlobException("blob " + ref.file() + " is missing");
    }
    out.write(bytes, (int) offset, (int) length);
  }

  @Override
  public void confirm(BlobRef ref) {
    confirmed.add(ref.file());
  }

  @Override
  public void release(BlobRef ref) {
    blobs.remove(ref.file());
    descriptors.remove(ref.file());
    confirmed.remove(ref.file());
  }

  @Override
  public void leaveOpen(BlobRef ref, byte[] descriptor) {
    left.add(ref.file());
  }

  @Override
  public void decide() {
    left.clear();
  }

  @Override
  public Pins pin(Collection<BlobRef> refs) throws IOException {
    for (BlobRef ref : refs) {
      if (!blobs.containsKey(ref.file())) {
        throw new MissingBlobException("blob " + ref.file() + " is missing");
      }
    }
    pinned.incrementAndGet();
    return pinned::decrementAndGet;
  }

  @Override
  public Set<BlobRef> remove(Collection<BlobRef> refs) {
    refs.forEach(this::release);
    return Set.copyOf(refs);
  }

  @Override
  public void close() {}

  /** Whether the fate of a blob was left open. */
  public boolean isOpen() {
    return !left.isEmpty();
  }

  /** Number of committed blobs that were not released. */
  public int live() {
    return blobs.size();
  }

  /** Whether every committed blob is confirmed and no writer was left open. */
  public boolean settled() {
    return open.get() == 0 && pinned.get() == 0 && confirmed.containsAll(blobs.keySet());
  }

  /** Descriptor of a blob. */
  public byte[] descriptor(BlobRef ref) {
    return descriptors.get(ref.file());
  }

  private final class Writer implements BlobWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    @Override
    public void write(byte[] buffer, int offset, int length) {
      bytes.write(buffer, offset, length);
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public BlobRef commit(byte[] descriptor) {
      if (descriptor.length > 65_536) {
        throw new IllegalArgumentException("descriptor too long");
      }
      long file = next.incrementAndGet();
      blobs.put(file, bytes.toByteArray());
      descriptors.put(file, descriptor);
      return new BlobRef(BlobRef.Kind.CHUNK, 0, file, 0, bytes.size());
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
