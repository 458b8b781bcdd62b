package dev.lakebed.metadata;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A write that waits for its transaction. */
final class PendingWrite {
  private final Write write;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<Optional<RuntimeException>> outcome = new CompletableFuture<>();

  PendingWrite(Write write) {
    this.write = write;
  }

  Write write() {
    return write;
  }

  /** Whether the committer may go on with it; false when its caller has given up. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  /** The transaction is committed: the write was done, or refused with that exception. */
  void decided(Optional<RuntimeException> refusal) {
    outcome.complete(refusal);
  }

  /** The write was not done, or nobody knows. */
  void failed(MetadataUnavailableException failure) {
    outcome.completeExceptionally(failure);
  }

  /**
   * Waits for the decision.
   *
   * @return empty when the write is durable, else why it was refused
   * @throws MetadataUnavailableException when there is no decision in time
   */
  Optional<RuntimeException> await(Duration limit) {
    try {
      return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new MetadataUnavailableException("the write failed", e);
    } catch (TimeoutException e) {
      throw givenUp(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp(e);
    }
  }

  private MetadataUnavailableException givenUp(Exception e) {
    boolean never = take();
    return new MetadataUnavailableException(
        never ? "the write waited too long" : "the outcome of the write is unknown", e);
  }
}
