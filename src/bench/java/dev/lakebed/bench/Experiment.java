package dev.lakebed.bench;

import dev.lakebed.bench.Measurement.Cell;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs cells on several endpoints by turns (A B A B …), prints each result, and keeps all of them.
 * The first endpoint is the one the others are compared with.
 */
final class Experiment {
  private static final int WARM_UP_WORKERS = 16;

  private final LoadOptions options;
  private final PrintStream out;
  private final Map<Cell, Map<String, List<Measurement>>> results = new LinkedHashMap<>();

  Experiment(LoadOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    out.println(ResultLine.HEADER);
  }

  /**
   * Lets servers that compile while they run reach their speed: small objects with 16 workers, not
   * reported.
   */
  void warmUp(List<Endpoint> endpoints) throws IOException, InterruptedException {
    for (Endpoint endpoint : endpoints) {
      ObjectSet objects = ObjectSet.flat(endpoint, "warm-up", 160, Body.random(4096));
      for (Operation operation : List.of(Operation.PUT, Operation.GET)) {
        Workload workload = new ObjectWorkload(operation, objects, false);
        workload.prepare(endpoint, WARM_UP_WORKERS);
        options.serverWarmUp().run(endpoint, workload, WARM_UP_WORKERS);
      }
      cleanUp(endpoint.name(), () -> objects.delete(endpoint, 0));
    }
  }

  /** Runs operations that come in sizes once per size, the others once, at every concurrency. */
  void run(List<Endpoint> endpoints, List<Operation> operations)
      throws IOException, InterruptedException {
    List<Workloads> targets =
        endpoints.stream().map(endpoint -> new Workloads(endpoint, options)).toList();
    List<Operation> sized = operations.stream().filter(Operation::sized).toList();
    for (String size : sized.isEmpty() ? List.<String>of() : options.sizes) {
      runAll(targets, sized, Figures.parseSize(size));
    }
    runAll(targets, operations.stream().filter(o -> !o.sized()).toList(), 0);
  }

  private void runAll(List<Workloads> targets, List<Operation> operations, int size)
      throws IOException, InterruptedException {
    try {
      for (Operation operation : operations) {
        for (int concurrency : options.concurrencies) {
          runCell(targets, operation, size, concurrency);
        }
      }
    } finally {
      for (Workloads target : targets) {
        cleanUp(target.endpoint().name(), target::cleanUp);
      }
    }
  }

  private void runCell(List<Workloads> targets, Operation operation, int size, int concurrency)
      throws IOException, InterruptedException {
    Map<String, List<Measurement>> byEndpoint = new LinkedHashMap<>();
    for (int pair = 0; pair < options.pairs; pair++) {
      for (Workloads target : targets) {
        Measurement result = measure(target.endpoint(), target.of(operation, size), concurrency);
        out.println(ResultLine.of(result));
        append(result);
        results
            .computeIfAbsent(result.cell(), cell -> byEndpoint)
            .computeIfAbsent(result.endpoint(), name -> new ArrayList<>())
            .add(result);
      }
    }
    List<List<Measurement>> runs = List.copyOf(byEndpoint.values());
    List<String> names = List.copyOf(byEndpoint.keySet());
    for (int other = 1; other < runs.size(); other++) {
      String ratios = Ratios.of(runs.get(0), runs.get(other)).text();
      out.println("  " + names.get(0) + " / " + names.get(other) + ": " + ratios);
    }
  }

  private Measurement measure(Endpoint endpoint, Workload workload, int concurrency)
      throws IOException, InterruptedException {
    try {
      workload.prepare(endpoint, concurrency);
    } catch (RefusedException e) {
      Cell cell = new Cell(workload.operation(), workload.size(), concurrency);
      return Measurement.notRun(endpoint.name(), cell, e.getMessage());
    }
    try {
      return options.load().run(endpoint, workload, concurrency);
    } finally {
      cleanUp(endpoint.name(), () -> workload.cleanUp(endpoint));
    }
  }

  /** What cannot be removed is left behind and named; the figures stand. */
  private void cleanUp(String endpoint, CleanUp cleanUp) {
    try {
      cleanUp.run();
    } catch (IOException e) {
      out.println("  " + endpoint + ": objects left behind: " + e.getMessage());
    }
  }

  /** Removal of what a run made. */
  @FunctionalInterface
  private interface CleanUp {
    void run() throws IOException;
  }

  private void append(Measurement result) throws IOException {
    Path directory = options.json.toAbsolutePath().getParent();
    Files.createDirectories(directory == null ? Path.of("/") : directory);
    Files.writeString(
        options.json, result.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Every run by cell and endpoint name, in the order they ran. */
  Map<Cell, Map<String, List<Measurement>>> results() {
    return results;
  }
}
