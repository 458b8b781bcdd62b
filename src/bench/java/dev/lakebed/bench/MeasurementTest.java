package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.bench.Measurement.Cell;
import dev.lakebed.bench.Measurement.Latency;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The output formats; expectations are worked out by hand. */
class MeasurementTest {
  private static final Cell CELL = new Cell("PUT", 4096, 16);

  @Test
  void json_line_holds_every_figure() {
    assertThat(measurement("a", 1000).json())
        .isEqualTo(
            "{\"time\":\"2026-01-02T03:04:05Z\",\"endpoint\":\"a\",\"operation\":\"PUT\","
                + "\"size\":4096,\"concurrency\":16,\"seconds\":2.0,\"operations\":1000.0,"
                + "\"operationsPerSecond\":500.0,\"megabytesPerSecond\":2.05,"
                + "\"p50Micros\":10,\"p90Micros\":20,\"p99Micros\":3000,\"maxMicros\":40000,"
                + "\"errors\":{\"503 SlowDown\":2},\"serverCpuMicros\":12.5}");
  }

  @Test
  void readable_line_holds_rates_milliseconds_and_errors() {
    assertThat(ResultLine.of(measurement("a", 1000)).replaceAll(" +", " "))
        .isEqualTo("a PUT 4 KiB 16 500 2.05 0.01 0.02 3.00 40.0 12.5 - {503 SlowDown=2}");
  }

  @Test
  void run_that_could_not_begin_says_why() {
    Measurement result = Measurement.notRun("a", CELL, "404 NotFoundException");
    assertThat(result.operationsPerSecond()).isZero();
    assertThat(result.errors()).containsOnlyKeys("not run: 404 NotFoundException");
  }

  @Test
  void ratios_are_per_pair_with_their_median() {
    List<Measurement> first =
        List.of(measurement("a", 110), measurement("a", 260), measurement("a", 120));
    List<Measurement> second =
        List.of(measurement("b", 100), measurement("b", 200), measurement("b", 100));
    assertThat(Ratios.of(first, second).text()).isEqualTo("1.10 1.30 1.20, median 1.20");
    assertThat(new Ratios(List.of(1.0, 4.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    assertThatThrownBy(() -> Ratios.of(first, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matrix_shows_the_median_run_of_each_endpoint_and_the_ratio() {
    Map<String, List<Measurement>> runs = new LinkedHashMap<>();
    runs.put("a", List.of(measurement("a", 100), measurement("a", 400), measurement("a", 300)));
    runs.put("b", List.of(measurement("b", 100), measurement("b", 200), measurement("b", 200)));
    String report = MatrixReport.of(Map.of(CELL, runs));
    assertThat(report)
        .contains("| PUT | 4 KiB | 16 | 150 | 0.61 | 0.01 | 3.00 | 12.5 | 100 | 0.41 |")
        .contains(" 12.5 | 1.50 |\n")
        .contains("- a PUT 4 KiB x16: {503 SlowDown=6}\n");
    assertThat(
            Report.replaceIn(
                "x\n<!-- matrix begin -->\nold\n<!-- matrix end -->\ny", "matrix", "new\n"))
        .isEqualTo("x\n<!-- matrix begin -->\nnew\n<!-- matrix end -->\ny");
    assertThat(Report.replaceIn("no markers", "matrix", "new")).isEqualTo("new");
  }

  @Test
  void connections_are_shown_with_the_share_of_the_best_of_the_same_server() {
    Cell many = new Cell("PUT", 4096, 2000);
    Map<Cell, Map<String, List<Measurement>>> results = new LinkedHashMap<>();
    results.put(CELL, Map.of("a", List.of(measurement("a", 400))));
    results.put(many, Map.of("a", List.of(measurement("a", 100))));
    assertThat(ConnectionsReport.of(results))
        .contains("| a | PUT | 4 KiB | 16 | 200 | 1.00 | 0.01 | 3.00 | 40.0 | 12.5 | {503")
        .contains("| a | PUT | 4 KiB | 2000 | 50.0 | 0.25 |");
  }

  @Test
  void first_seconds_are_set_against_the_warm_ones() {
    Measurement warm = measurement("a", 400);
    assertThat(
            FirstSeconds.report(
                List.of(
                    new FirstSeconds(5400, measurement("a", 100), warm),
                    new FirstSeconds(4000, measurement("a", 300), warm),
                    new FirstSeconds(4000, measurement("a", 200), warm))))
        .contains("| 1 | 5.40 | 50.0 | 3.00 | 12.5 | 200 | 3.00 | 12.5 | 0.25 |\n")
        .endsWith("\nMedian of first / warm: 0.50\n");
  }

  @Test
  void latencies_are_counted_in_microseconds_and_merged() {
    Recorder total = new Recorder();
    Recorder one = new Recorder();
    one.success(1_500_000, 10, 1);
    one.success(500, 10, 0.5);
    one.success(500, 10, 0);
    one.failure("503");
    total.add(one);
    total.add(one);
    assertThat(total.latencies().getTotalCount()).isEqualTo(4);
    assertThat(total.latencies().getValueAtPercentile(50)).isEqualTo(1);
    assertThat(total.latencies().getMaxValue()).isEqualTo(1500);
    assertThat(total.bytes()).isEqualTo(30);
    assertThat(total.operations()).isEqualTo(3);
    assertThat(total.errors()).containsExactly(Map.entry("503", 2L));
  }

  private static Measurement measurement(String endpoint, long operations) {
    return new Measurement(
        Instant.parse("2026-01-02T03:04:05Z"),
        endpoint,
        CELL,
        2,
        operations,
        operations * 4096,
        new Latency(10, 20, 3000, 40_000),
        Map.of("503 SlowDown", 2L),
        Optional.of(12.5),
        Optional.empty());
  }
}
