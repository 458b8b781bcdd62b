package dev.lakebed.bench;

import java.util.Locale;
import java.util.TreeMap;

/** One result as a line of the readable table. */
final class ResultLine {
  private static final String FORMAT = "%-10s %-14s %7s %5s %9s %8s %8s %8s %8s %8s %9s %9s  %s";

  static final String HEADER =
      String.format(
          Locale.ROOT,
          FORMAT,
          "endpoint",
          "operation",
          "size",
          "conc",
          "ops/s",
          "MB/s",
          "p50 ms",
          "p90 ms",
          "p99 ms",
          "max ms",
          "srv µs/op",
          "cli µs/op",
          "errors");

  private ResultLine() {}

  static String of(Measurement result) {
    return String.format(
        Locale.ROOT,
        FORMAT,
        result.endpoint(),
        result.cell().operation(),
        Figures.size(result.cell().size()),
        result.cell().concurrency(),
        Figures.number(result.operationsPerSecond()),
        Figures.number(result.megabytesPerSecond()),
        Figures.millis(result.latency().p50()),
        Figures.millis(result.latency().p90()),
        Figures.millis(result.latency().p99()),
        Figures.millis(result.latency().max()),
        Figures.number(result.serverCpu()),
        Figures.number(result.clientCpu()),
        result.errors().isEmpty() ? "-" : new TreeMap<>(result.errors()).toString());
  }
}
