package dev.lakebed.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Throughput of a first endpoint divided by that of a second, for runs that took turns.
 *
 * @param pairs one ratio per pair of runs, in the order they ran
 */
record Ratios(List<Double> pairs) {
  Ratios {
    pairs = List.copyOf(pairs);
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no pair of runs");
    }
  }

  static Ratios of(List<Measurement> first, List<Measurement> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException("runs do not pair up");
    }
    return new Ratios(
        IntStream.range(0, first.size())
            .mapToObj(i -> first.get(i).operationsPerSecond() / second.get(i).operationsPerSecond())
            .toList());
  }

  double median() {
    return Figures.median(pairs);
  }

  /** The ratios and their median, such as {@code 1.10 1.30 1.20, median 1.20}. */
  String text() {
    String all = pairs.stream().map(Figures::number).collect(Collectors.joining(" "));
    return all + ", median " + Figures.number(median());
  }
}
