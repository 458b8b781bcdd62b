package dev.lakebed.storage.checksum;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A checksum that follows its bytes on another core, while the caller goes on with them. At most
 * {@value #MOST_BEHIND} pieces of 64 KiB wait for it; then the caller waits too.
 */
public final class BackgroundChecksum implements Checksum {
  private static final int PIECE_BYTES = 64 * 1024;
  private static final int MOST_BEHIND = 8;

  /** With more of them there is no idle core, and handing over costs a tenth. */
  private static final Semaphore CORES =
      new Semaphore(Runtime.getRuntime().availableProcessors() / 2);

  private final Checksum checksum;
  private final Semaphore room = new Semaphore(MOST_BEHIND);
  private final AtomicBoolean ended = new AtomicBoolean();
  private CompletableFuture<Void> pieces = CompletableFuture.allOf();

  private BackgroundChecksum(Checksum checksum) {
    this.checksum = checksum;
  }

  /**
   * The same checksum in the background, or itself when half of the cores have one already. The
   * caller ends it by {@link #digest} or {@link #close}.
   */
  public static Checksum of(Checksum checksum) {
    return CORES.tryAcquire() ? new BackgroundChecksum(checksum) : checksum;
  }

  /** Takes a copy, so the caller may change the array at once. */
  @Override
  public void update(byte[] bytes, int offset, int length) {
    for (int at = 0; at < length; at += PIECE_BYTES) {
      int from = offset + at;
      byte[] piece = Arrays.copyOfRange(bytes, from, from + Math.min(PIECE_BYTES, length - at));
      room.acquireUninterruptibly();
      pieces =
          pieces
              .thenRunAsync(
                  () -> checksum.update(piece, 0, piece.length), Thread::startVirtualThread)
              .whenComplete((taken, failure) -> room.release());
    }
  }

  @Override
  public byte[] digest() {
    try {
      pieces.join();
      return checksum.digest();
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      CORES.release();
    }
  }
}
