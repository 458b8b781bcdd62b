package dev.lakebed.storage.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Brings a file to disk while it grows, so that the last sync is short. At most one step runs while
 * the next is written, which bounds the dirty bytes of the file.
 */
final class WriteBehind {
  private final StorageFile file;
  private final Executor background;
  private final long stepBytes;
  private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
  private long started;

  WriteBehind(StorageFile file, Executor background, long stepBytes) {
    this.file = file;
    this.background = background;
    this.stepBytes = stepBytes;
  }

  /** Whether enough was written since the last step. */
  boolean isDue(long written) {
    return written - started >= stepBytes;
  }

  void step(long written) throws IOException {
    await();
    started = written;
    running = CompletableFuture.runAsync(this::force, background);
  }

  private void force() {
    try {
      file.force();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the step that runs and reports its failure. */
  void await() throws IOException {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
    } catch (ExecutionException e) {
      throw new IOException("writing behind failed", e.getCause());
    }
  }
}
