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
  private final long began = System.nanoTime();

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

  /**
   * The write was certainly not done.
   *
   * @param failure {@link UnknownOutcomeException} when it may have been done
   */
  void failed(MetadataUnavailableException failure) {
    outcome.completeExceptionally(failure);
  }

  /**
   * Waits for the decision.
   *
   * @param limit since the beginning of the write
   * @return empty when the write is durable; {@link UnknownOutcomeException} when it may have been
   *     done; else why it was not done
   */
  Optional<RuntimeException> await(Duration limit) {
    try {
      long spent = System.nanoTime() - began;
      return outcome.get(limit.toNanos() - spent, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof UnknownOutcomeException
              ? new UnknownOutcomeException("the outcome of the write is unknown", e)
              : new MetadataUnavailableException("the write failed", e));
    } catch (TimeoutException e) {
      return Optional.of(givenUp(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(givenUp(e));
    }
  }

  private MetadataUnavailableException givenUp(Exception e) {
    return take()
        ? new MetadataUnavailableException("the write waited too long", e)
        : new UnknownOutcomeException("the write was not answered in time", e);
  }
}
