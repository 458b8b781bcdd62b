package dev.lakebed.bench;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Repeats one task on one connection until the run is over. */
final class Worker implements Runnable {
  private static final int GIVE_UP_AFTER = 100;

  private final Workload.Task task;
  private final Client client;
  private final Supplier<Phase> phase;
  private final CountDownLatch running;
  private final Recorder recorder = new Recorder();

  Worker(Workload.Task task, Client client, Supplier<Phase> phase, CountDownLatch running) {
    this.task = task;
    this.client = client;
    this.phase = phase;
    this.running = running;
  }

  /** An operation counts when it ends in the measured time, whenever it began. */
  @Override
  public void run() {
    try {
      int failuresInRow = 0;
      while (phase.get() != Phase.OVER && failuresInRow < GIVE_UP_AFTER) {
        long start = System.nanoTime();
        try {
          long moved = task.run(client);
          if (moved == Workload.EXHAUSTED) {
            return;
          }
          long nanos = System.nanoTime() - start;
          failuresInRow = 0;
          if (phase.get() == Phase.MEASURE) {
            recorder.success(nanos, moved);
          }
        } catch (IOException e) {
          failuresInRow++;
          if (phase.get() != Phase.OVER) {
            recorder.failure(code(e));
          }
        }
      }
    } finally {
      client.close();
      running.countDown();
    }
  }

  private static String code(IOException e) {
    return e instanceof RefusedException || e.getClass() == IOException.class
        ? e.getMessage()
        : e.getClass().getSimpleName();
  }

  Recorder recorder() {
    return recorder;
  }

  /** Stages of a run. */
  enum Phase {
    WARM_UP,
    MEASURE,
    OVER
  }
}
