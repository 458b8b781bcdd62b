package dev.lakebed.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The result of one run. Latencies are in microseconds; CPU times are microseconds per successful
 * operation.
 *
 * @param seconds measured time
 * @param operations successful operations, those cut by the edges of the measured time in part
 * @param bytes payload of those operations
 * @param errors failed operations by status and code, those of the warm-up included
 * @param serverCpu CPU time of the server's processes, where they are known
 * @param clientCpu CPU time of the load generator
 */
record Measurement(
    Instant at,
    String endpoint,
    Cell cell,
    double seconds,
    double operations,
    double bytes,
    Latency latency,
    Map<String, Long> errors,
    Optional<Double> serverCpu,
    Optional<Double> clientCpu) {

  Measurement {
    errors = Map.copyOf(errors);
  }

  /** A run that could not begin. */
  static Measurement notRun(String endpoint, Cell cell, String reason) {
    return new Measurement(
        Instant.now(),
        endpoint,
        cell,
        0,
        0,
        0,
        new Latency(0, 0, 0, 0),
        Map.of("not run: " + reason, 1L),
        Optional.empty(),
        Optional.empty());
  }

  /** The run in the middle by throughput; of an even number the slower one. */
  static Measurement median(List<Measurement> runs) {
    List<Measurement> sorted =
        runs.stream().sorted(Comparator.comparing(Measurement::operationsPerSecond)).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  double operationsPerSecond() {
    return seconds == 0 ? 0 : operations / seconds;
  }

  /** Payload in units of 1,000,000 bytes. */
  double megabytesPerSecond() {
    return seconds == 0 ? 0 : bytes / seconds / 1e6;
  }

  /** One line of JSON. */
  String json() {
    JsonObjectBuilder errorCounts = Json.createObjectBuilder();
    new TreeMap<>(errors).forEach(errorCounts::add);
    JsonObjectBuilder line =
        Json.createObjectBuilder()
            .add("time", at.toString())
            .add("endpoint", endpoint)
            .add("operation", cell.operation())
            .add("size", cell.size())
            .add("concurrency", cell.concurrency())
            .add("seconds", rounded(seconds))
            .add("operations", rounded(operations))
            .add("operationsPerSecond", rounded(operationsPerSecond()))
            .add("megabytesPerSecond", rounded(megabytesPerSecond()))
            .add("p50Micros", latency.p50())
            .add("p90Micros", latency.p90())
            .add("p99Micros", latency.p99())
            .add("maxMicros", latency.max())
            .add("errors", errorCounts);
    serverCpu.ifPresent(cpu -> line.add("serverCpuMicros", rounded(cpu)));
    clientCpu.ifPresent(cpu -> line.add("clientCpuMicros", rounded(cpu)));
    return line.build().toString();
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** What is measured: operation, object size in bytes, number of workers. */
  record Cell(String operation, int size, int concurrency) {}

  /** Percentiles in microseconds, all 0 when nothing succeeded. */
  record Latency(long p50, long p90, long p99, long max) {
    static Latency of(Histogram micros) {
      return new Latency(
          micros.getValueAtPercentile(50),
          micros.getValueAtPercentile(90),
          micros.getValueAtPercentile(99),
          micros.getMaxValue());
    }
  }
}
