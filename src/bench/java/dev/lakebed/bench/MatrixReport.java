package dev.lakebed.bench;

import dev.lakebed.bench.Measurement.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The matrix as Markdown: one row per cell, the endpoints side by side. */
final class MatrixReport {
  private MatrixReport() {}

  /** Cells that ran on the same endpoints share a table. */
  static String of(Map<Cell, Map<String, List<Measurement>>> results) {
    Map<List<String>, Table> tables = new LinkedHashMap<>();
    StringBuilder errors = new StringBuilder();
    results.forEach(
        (cell, runs) -> {
          List<String> names = List.copyOf(runs.keySet());
          tables.computeIfAbsent(names, n -> new Table(header(n))).add(row(cell, runs));
          runs.forEach((name, all) -> errors.append(errors(cell, name, all)));
        });
    StringBuilder text = new StringBuilder();
    tables.values().forEach(table -> text.append('\n').append(table.markdown()));
    return errors.isEmpty()
        ? text.toString()
        : text.append("\nErrors:\n\n").append(errors).toString();
  }

  private static List<String> header(List<String> endpoints) {
    List<String> header = new ArrayList<>(List.of("operation", "size", "conc."));
    for (String name : endpoints) {
      header.addAll(List.of(name + " ops/s", "MB/s", "p50 ms", "p99 ms", "CPU µs/op"));
    }
    endpoints.stream().skip(1).forEach(other -> header.add("ratio to " + other));
    return header;
  }

  private static List<String> row(Cell cell, Map<String, List<Measurement>> runs) {
    List<String> row = new ArrayList<>();
    row.add(cell.operation());
    row.add(Figures.size(cell.size()));
    row.add(Integer.toString(cell.concurrency()));
    List<List<Measurement>> all = List.copyOf(runs.values());
    for (List<Measurement> one : all) {
      Measurement middle = Measurement.median(one);
      row.add(Figures.number(middle.operationsPerSecond()));
      row.add(middle.bytes() == 0 ? "-" : Figures.number(middle.megabytesPerSecond()));
      row.add(Figures.millis(middle.latency().p50()));
      row.add(Figures.millis(middle.latency().p99()));
      row.add(Figures.number(middle.serverCpu()));
    }
    all.stream()
        .skip(1)
        .forEach(other -> row.add(Figures.number(Ratios.of(all.get(0), other).median())));
    return row;
  }

  private static String errors(Cell cell, String name, List<Measurement> runs) {
    Map<String, Long> total = new TreeMap<>();
    runs.forEach(run -> run.errors().forEach((code, n) -> total.merge(code, n, Long::sum)));
    return total.isEmpty()
        ? ""
        : "- %s %s %s x%d: %s\n"
            .formatted(
                name, cell.operation(), Figures.size(cell.size()), cell.concurrency(), total);
  }
}
