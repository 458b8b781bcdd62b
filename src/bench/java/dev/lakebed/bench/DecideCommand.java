package dev.lakebed.bench;

import dev.lakebed.bench.Decisions.Case;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the policy engine in this process. */
@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What one authorisation decision costs, without server or network: microseconds and bytes",
      "on one thread, for principals with more and more managed policies."
    })
final class DecideCommand implements Callable<Integer> {
  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "1,10,100",
      description = "numbers of attached policies")
  List<Integer> policies = List.of();

  @Option(names = "--seconds", defaultValue = "3", description = "measured seconds per case")
  int seconds;

  @Option(names = "--warm-up", defaultValue = "3", description = "seconds before measuring")
  int warmUp;

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/decide.md",
      description = "file to write; a file with decide markers keeps its other text")
  Path markdown = Path.of("");

  @Override
  public Integer call() throws Exception {
    Table table =
        new Table(List.of("decision", "policies", "min µs", "median µs", "p99 µs", "bytes"));
    for (int count : policies) {
      Decisions.with(count).forEach((name, asked) -> add(table, name, count, asked));
    }
    Decisions.stars().forEach((name, asked) -> add(table, name, 1, asked));
    Report.write(markdown, "decide", Machine.describe(Path.of("")) + "\n" + table.markdown());
    return 0;
  }

  private void add(Table table, String name, int count, Case asked) {
    DecisionCost cost =
        DecisionCost.measure(
            asked::decide, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
    List<String> row =
        List.of(
            name,
            Integer.toString(count),
            micros(cost.least()),
            micros(cost.median()),
            micros(cost.p99()),
            Long.toString(cost.bytes()));
    System.out.println(String.join("  ", row));
    table.add(row);
  }

  private static String micros(long nanos) {
    return Figures.number(nanos / 1000.0);
  }
}
