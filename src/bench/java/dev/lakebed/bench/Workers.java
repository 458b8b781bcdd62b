package dev.lakebed.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same job on several connections at once, for the work that is not measured. */
final class Workers {
  private Workers() {}

  /** Runs the job on {@code count} connections; the first failure is thrown. */
  static void runAll(Endpoint endpoint, int count, Job job) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(
            threads.submit(
                () -> {
                  try (Client client = new Client(endpoint)) {
                    job.run(client);
                  }
                  return Boolean.TRUE;
                }));
      }
      for (Future<?> one : running) {
        await(one);
      }
    }
  }

  private static void await(Future<?> job) throws IOException {
    try {
      job.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Work on one connection. */
  @FunctionalInterface
  interface Job {
    void run(Client client) throws IOException;
  }
}
