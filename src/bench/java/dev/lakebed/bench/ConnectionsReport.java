package dev.lakebed.bench;

import dev.lakebed.bench.Measurement.Cell;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Throughput by number of connections, and what is left of the best. */
final class ConnectionsReport {
  private ConnectionsReport() {}

  /** One row per cell and endpoint; of several runs the one in the middle, errors of all. */
  static String of(Map<Cell, Map<String, List<Measurement>>> results) {
    Table table =
        new Table(
            List.of(
                "server",
                "operation",
                "size",
                "conc.",
                "ops/s",
                "of its best",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU µs/op",
                "errors"));
    results.forEach(
        (cell, byEndpoint) ->
            byEndpoint.forEach(
                (name, runs) -> table.add(row(cell, name, runs, best(results, cell, name)))));
    return table.markdown();
  }

  private static double best(
      Map<Cell, Map<String, List<Measurement>>> results, Cell cell, String endpoint) {
    return results.entrySet().stream()
        .filter(one -> one.getKey().operation().equals(cell.operation()))
        .filter(one -> one.getKey().size() == cell.size())
        .map(one -> one.getValue().getOrDefault(endpoint, List.of()))
        .filter(runs -> !runs.isEmpty())
        .map(Measurement::median)
        .mapToDouble(Measurement::operationsPerSecond)
        .max()
        .orElseThrow();
  }

  private static List<String> row(Cell cell, String name, List<Measurement> runs, double best) {
    Measurement middle = Measurement.median(runs);
    Map<String, Long> errors = new TreeMap<>();
    runs.forEach(run -> run.errors().forEach((code, n) -> errors.merge(code, n, Long::sum)));
    return List.of(
        name,
        cell.operation(),
        Figures.size(cell.size()),
        Integer.toString(cell.concurrency()),
        Figures.number(middle.operationsPerSecond()),
        Figures.number(middle.operationsPerSecond() / best),
        Figures.millis(middle.latency().p50()),
        Figures.millis(middle.latency().p99()),
        Figures.millis(middle.latency().max()),
        Figures.number(middle.serverCpu()),
        errors.isEmpty() ? "none" : errors.toString());
  }
}
