package dev.lakebed.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one worker saw in the measured time. */
final class Recorder {
  private static final long HIGHEST_MICROS = 600_000_000;

  private final Histogram latencies = new Histogram(1, HIGHEST_MICROS, 3);
  private final Map<String, Long> errors = new TreeMap<>();
  private long bytes;

  void success(long nanos, long moved) {
    latencies.recordValue(Math.clamp(nanos / 1000, 1, HIGHEST_MICROS));
    bytes += moved;
  }

  void failure(String code) {
    errors.merge(code, 1L, Long::sum);
  }

  void add(Recorder other) {
    latencies.add(other.latencies);
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

  long bytes() {
    return bytes;
  }
}
