package dev.lakebed.bench;

import dev.lakebed.bench.Measurement.Cell;
import dev.lakebed.bench.Measurement.Latency;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Closed-loop load: every worker sends its next operation when the last one is answered. */
final class Load {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final int MANY = 256;
  private static final int SMALL_BUFFER = 32 << 10;

  private final Duration warmUp;
  private final Duration measured;

  Load(Duration warmUp, Duration measured) {
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /**
   * Runs the workload once. Ends after warm-up and measured time, or earlier when the workload is
   * used up or every worker gave up; connections that hang are closed 30 s later.
   */
  Measurement run(Endpoint endpoint, Workload workload, int concurrency)
      throws IOException, InterruptedException {
    Window window = new Window();
    CountDownLatch running = new CountDownLatch(concurrency);
    List<Client> clients =
        IntStream.range(0, concurrency).mapToObj(i -> client(endpoint, concurrency)).toList();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < concurrency; i++) {
      Workload.Task task = workload.task(i, concurrency);
      workers.add(new Worker(task, clients.get(i), window, running));
    }
    IntStream.range(0, concurrency)
        .forEach(i -> Thread.ofPlatform().daemon().name("load-" + i).start(workers.get(i)));
    Instant at = Instant.now();
    boolean ended = running.await(warmUp.toNanos(), TimeUnit.NANOSECONDS);
    Clocks start = Clocks.now(endpoint);
    window.open();
    running.await(measured.toNanos(), TimeUnit.NANOSECONDS);
    window.close();
    Clocks used = Clocks.now(endpoint).minus(start);
    Recorder total = new Recorder();
    if (!running.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
      LongStream.range(0, running.getCount()).forEach(i -> total.failure("no answer in 30 s"));
      clients.forEach(Client::close);
      running.await();
    }
    workers.forEach(worker -> total.add(worker.recorder()));
    if (ended && total.errors().isEmpty()) {
      total.failure("ended in the warm-up");
    }
    Cell cell = new Cell(workload.operation(), workload.size(), concurrency);
    return measurement(at, endpoint.name(), cell, window.seconds(), used, total);
  }

  /** The buffers of very many connections take no more than those of a few hundred. */
  private static Client client(Endpoint endpoint, int concurrency) {
    return concurrency <= MANY ? new Client(endpoint) : new Client(endpoint, SMALL_BUFFER);
  }

  private static Measurement measurement(
      Instant at, String endpoint, Cell cell, double seconds, Clocks used, Recorder total) {
    double operations = total.operations();
    return new Measurement(
        at,
        endpoint,
        cell,
        seconds,
        operations,
        total.bytes(),
        Latency.of(total.latencies()),
        total.errors(),
        perOperation(used.server(), operations),
        perOperation(Optional.of(used.client()), operations));
  }

  private static Optional<Double> perOperation(Optional<Long> micros, double operations) {
    return micros.filter(m -> operations > 0).map(m -> m / operations);
  }

  /** CPU time of server and load generator in microseconds. */
  private record Clocks(Optional<Long> server, long client) {

    static Clocks now(Endpoint endpoint) throws IOException {
      return new Clocks(CpuTime.micros(endpoint.pids()), CpuTime.ofThisProcess());
    }

    Clocks minus(Clocks earlier) {
      return new Clocks(
          server.flatMap(now -> earlier.server.map(then -> now - then)), client - earlier.client);
    }
  }
}
