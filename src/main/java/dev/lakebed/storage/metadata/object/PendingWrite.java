package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** A write that waits for its transaction. */
final class PendingWrite {
  private enum State {
    /** In a queue. */
    WAITING,
    /** In a batch. */
    TAKEN,
    /** The caller no longer waits. */
    GIVEN_UP
  }

  private final Write write;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
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
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Back into a queue; false when its caller has given up. */
  boolean giveBack() {
    return state.compareAndSet(State.TAKEN, State.WAITING);
  }

  /**
   * Whether the caller still waits. To be asked when the key is locked: who gives up and then finds
   * under the same lock that the write was not done may rely on that it never will be.
   */
  boolean isWanted() {
    return state.get() != State.GIVEN_UP;
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - began > age.toNanos();
  }

  /** The transaction is committed: the write was done, or refused with that exception. */
  void decided(Optional<RuntimeException> refusal) {
    outcome.complete(refusal);
  }

  /** The write was certainly not done, unless it is an {@link UnknownOutcomeException}. */
  void failed(MetadataUnavailableException failure) {
    outcome.completeExceptionally(failure);
  }

  /**
   * Waits so long since the beginning of the write. Empty when it is durable; {@link
   * UnknownOutcomeException} when it may have been done; else why it was not done.
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
    return state.getAndSet(State.GIVEN_UP) == State.WAITING
        ? new MetadataUnavailableException("the write waited too long", e)
        : new UnknownOutcomeException("the write was not answered in time", e);
  }

  /** Writes in the order they came, a bounded number. */
  static final class WaitingWrites {
    private static final int MOST = 8192;
    private static final int LARGEST_BATCH = 256;

    private final BlockingQueue<PendingWrite> queue = new ArrayBlockingQueue<>(MOST);

    /** Adds a write; false when there is no room in time. */
    boolean add(PendingWrite write, Duration limit) throws InterruptedException {
      return queue.offer(write, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Adds a write; false when there is no room. */
    boolean add(PendingWrite write) {
      return queue.offer(write);
    }

    /** Takes the next writes whose callers still wait; waits a second for the first. */
    List<PendingWrite> take() throws InterruptedException {
      PendingWrite first = queue.poll(1, TimeUnit.SECONDS);
      if (first == null) {
        return List.of();
      }
      List<PendingWrite> batch = new ArrayList<>();
      batch.add(first);
      queue.drainTo(batch, LARGEST_BATCH - 1);
      batch.removeIf(write -> !write.take());
      return batch;
    }

    /** None of those that wait will be done. */
    void failAll(MetadataUnavailableException failure) {
      List<PendingWrite> waiting = new ArrayList<>();
      queue.drainTo(waiting);
      waiting.removeIf(write -> !write.take());
      Batches.failAll(waiting, failure);
    }
  }
}
