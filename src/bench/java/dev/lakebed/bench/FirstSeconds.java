package dev.lakebed.bench;

import java.util.List;

/**
 * One start of a server.
 *
 * @param readyMillis from the start of the process until it was ready
 * @param first the first seconds of load
 * @param warm as many seconds after the load that warmed it
 */
record FirstSeconds(long readyMillis, Measurement first, Measurement warm) {

  /** Throughput of the first seconds as a share of the warm one. */
  double share() {
    return first.operationsPerSecond() / warm.operationsPerSecond();
  }

  /** One row per start, and the median of the shares. */
  static String report(List<FirstSeconds> starts) {
    Table table =
        new Table(
            List.of(
                "start",
                "ready after s",
                "first ops/s",
                "p99 ms",
                "CPU µs/op",
                "warm ops/s",
                "p99 ms",
                "CPU µs/op",
                "first / warm"));
    for (int i = 0; i < starts.size(); i++) {
      table.add(starts.get(i).row(i + 1));
    }
    double median = Figures.median(starts.stream().map(FirstSeconds::share).toList());
    return table.markdown() + "\nMedian of first / warm: " + Figures.number(median) + "\n";
  }

  private List<String> row(int number) {
    return List.of(
        Integer.toString(number),
        Figures.number(readyMillis / 1000.0),
        Figures.number(first.operationsPerSecond()),
        Figures.millis(first.latency().p99()),
        Figures.number(first.serverCpu()),
        Figures.number(warm.operationsPerSecond()),
        Figures.millis(warm.latency().p99()),
        Figures.number(warm.serverCpu()),
        Figures.number(share()));
  }
}
