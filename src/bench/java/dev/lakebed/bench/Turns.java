package dev.lakebed.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs the same workload as several users by turns and sets each user against the first: what a
 * noisy machine does to one turn it does to its neighbour, so differences are taken turn by turn.
 */
final class Turns {
  private final LoadOptions options;
  private final PrintStream out;
  private final Table table =
      new Table(
          List.of(
              "operation",
              "conc.",
              "policies",
              "ops/s",
              "p50 ms",
              "p99 ms",
              "CPU µs/op",
              "more p50 µs",
              "more CPU µs/op"));

  Turns(LoadOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    out.println(ResultLine.HEADER);
  }

  /** Runs every user once in each turn. */
  void run(List<Endpoint> users, Workload workload, int concurrency)
      throws IOException, InterruptedException {
    Map<String, List<Measurement>> runs = new LinkedHashMap<>();
    for (int pair = 0; pair < options.pairs; pair++) {
      for (Endpoint user : users) {
        Measurement result = options.load().run(user, workload, concurrency);
        out.println(ResultLine.of(result));
        runs.computeIfAbsent(user.name(), name -> new ArrayList<>()).add(result);
      }
    }
    List<Measurement> first = runs.values().iterator().next();
    runs.forEach((name, own) -> table.add(row(name, own, first)));
  }

  private static List<String> row(String name, List<Measurement> own, List<Measurement> first) {
    Measurement one = own.getFirst();
    return List.of(
        one.cell().operation(),
        Integer.toString(one.cell().concurrency()),
        name,
        Figures.number(median(own, Measurement::operationsPerSecond)),
        Figures.number(median(own, m -> m.latency().p50() / 1000.0)),
        Figures.number(median(own, m -> m.latency().p99() / 1000.0)),
        Figures.number(median(own, Turns::cpu)),
        own == first ? "-" : Figures.number(difference(own, first, m -> m.latency().p50())),
        own == first ? "-" : Figures.number(difference(own, first, Turns::cpu)));
  }

  private static double cpu(Measurement measurement) {
    return measurement.serverCpu().orElse(Double.NaN);
  }

  private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    return Figures.median(runs.stream().map(figure::applyAsDouble).toList());
  }

  private static double difference(
      List<Measurement> own, List<Measurement> first, ToDoubleFunction<Measurement> figure) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      differences.add(figure.applyAsDouble(own.get(i)) - figure.applyAsDouble(first.get(i)));
    }
    return Figures.median(differences);
  }

  String markdown() {
    return table.markdown();
  }
}
