package dev.lakebed.bench;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Repeats one task on one connection until the run is over. */
final class Worker implements Runnable {
  private static final int GIVE_UP_AFTER = 100;

  private final Workload.Task task;
  private final Client client;
  private final Window window;
  private final CountDownLatch running;
  private final Recorder recorder = new Recorder();

  Worker(Workload.Task task, Client client, Window window, CountDownLatch running) {
    this.task = task;
    this.client = client;
    this.window = window;
    this.running = running;
  }

  @Override
  public void run() {
    try {
      int failuresInRow = 0;
      while (!window.over() && failuresInRow < GIVE_UP_AFTER) {
        long start = System.nanoTime();
        try {
          long moved = task.run(client);
          if (moved == Workload.EXHAUSTED) {
            return;
          }
          long end = System.nanoTime();
          failuresInRow = 0;
          recorder.success(end - start, moved, window.share(start, end));
        } catch (IOException e) {
          failuresInRow++;
          if (!window.over()) {
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
}
