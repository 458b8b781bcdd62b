package dev.lakebed.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one worker saw in the measured time. */
final class Recorder {
  private static final long HIGHEST_MICROS = 600_000_000;

  /** Grows with what it sees: thousands of workers have one each. */
  private final Histogram latencies = new Histogram(3);

  private final Map<String, Long> errors = new TreeMap<>();
  private double operations;
  private double bytes;

  /** {@code share} is the part of the operation that lies in the measured time, 0 to 1. */
  void success(long nanos, long moved, double share) {
    if (share > 0) {
      latencies.recordValue(Math.clamp(nanos / 1000, 1, HIGHEST_MICROS));
      operations += share;
      bytes += share * moved;
    }
  }

  void failure(String code) {
    errors.merge(code, 1L, Long::sum);
  }

  void add(Recorder other) {
    latencies.add(other.latencies);
    operations += other.operations;
    bytes += other.bytes;
    other.errors.forEach((code, count) -> errors.merge(code, count, Long::sum));
  }

  /** Latencies of successful operations in microseconds. */
  Histogram latencies() {
    return latencies;
  }

  Map<String, Long> errors() {
    return errors;
  }

  double operations() {
    return operations;
  }

  double bytes() {
    return bytes;
  }
}
