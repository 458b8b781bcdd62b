package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.bench.Measurement.Cell;
import dev.lakebed.bench.Measurement.Latency;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the soak run computes; expectations are worked out by hand. */
class SoakTest {
  private static final String ROLLUP =
      """
      559c4a000000-7ffd5b000000 ---p 00000000 00:00 0    [rollup]
      Rss:              204800 kB
      Pss:              102400 kB
      Pss_Dirty:             7 kB
      """;

  @Test
  void footprint_is_read_in_kibibytes() {
    assertThat(Footprint.parse(ROLLUP)).isEqualTo(new Footprint(204_800, 102_400));
    assertThat(Footprint.parse("")).isEqualTo(new Footprint(0, 0));
  }

  @Test
  void this_process_has_memory_and_its_own_is_not_counted_with_the_others() throws Exception {
    List<Long> pids = List.of(ProcessHandle.current().pid());
    assertThat(Footprint.ofServer(pids).orElseThrow().resident()).isPositive();
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(Footprint.ofOthers(pids).resident())
          .isPositive()
          .isLessThan(Footprint.ofServer(pids).orElseThrow().resident());
    } finally {
      child.destroy();
    }
  }

  @Test
  void line_holds_every_figure() {
    assertThat(minute(0, 1024).line())
        .isEqualTo("2026-01-02T03:04:05Z,1200,3,0.01,3.00,12.5,200,1.00,101,-,2.00");
  }

  @Test
  void report_sets_the_last_third_against_the_first() {
    List<SoakMinute> minutes =
        IntStream.range(0, 9).mapToObj(i -> minute(i * 102_400L, 1024)).toList();
    assertThat(SoakReport.of(minutes))
        .contains("| RSS of the server, MiB | 300 | 900 | 1000 |\n")
        .contains("| operations a second | 20.0 | 20.0 | 20.0 |\n")
        .endsWith("\n10800 operations, errors: {503 SlowDown=27}\n");
  }

  @Test
  void sizes_go_from_4_kib_to_8_mib_and_half_of_the_objects_are_smallest() {
    SplittableRandom random = new SplittableRandom(1);
    int[] sizes =
        IntStream.range(0, 100_000).map(i -> SoakTask.body(random).length()).sorted().toArray();
    assertThat(sizes[0]).isEqualTo(4 << 10);
    assertThat(sizes[99_999]).isEqualTo(8 << 20);
    assertThat(Arrays.stream(sizes).filter(size -> size == 4 << 10).count())
        .isBetween(49_000L, 51_000L);
  }

  private static SoakMinute minute(long more, long others) {
    Measurement load =
        new Measurement(
            Instant.parse("2026-01-02T03:04:05Z"),
            "a",
            new Cell("SOAK", 0, 16),
            60,
            1200,
            0,
            new Latency(10, 20, 3000, 40_000),
            Map.of("503 SlowDown", 3L),
            Optional.of(12.5),
            Optional.empty());
    return new SoakMinute(
        load,
        Optional.of(new Footprint(204_800 + more, 102_400)),
        new Footprint(others, others),
        Optional.empty(),
        2 << 20);
  }
}
