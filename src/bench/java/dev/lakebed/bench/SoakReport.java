package dev.lakebed.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What a soak run showed: whether anything grew between its first third and its last. */
final class SoakReport {
  private SoakReport() {}

  /** Medians of the first and the last third of the minutes, and the highest minute. */
  static String of(List<SoakMinute> minutes) {
    Table table =
        new Table(
            List.of(
                minutes.size() + " minutes",
                "median of the first third",
                "of the last third",
                "highest"));
    add(table, "operations a second", minutes, minute -> minute.load().operationsPerSecond());
    add(table, "p99 ms", minutes, SoakMinute::p99);
    add(table, "RSS of the server, MiB", minutes, SoakMinute::serverResident);
    add(table, "RSS of its database, MiB", minutes, SoakMinute::databaseResident);
    add(table, "both, shared pages once, MiB", minutes, SoakMinute::proportional);
    add(table, "disk, MiB", minutes, SoakMinute::disk);
    Map<String, Long> errors = new TreeMap<>();
    minutes.forEach(
        minute -> minute.load().errors().forEach((code, n) -> errors.merge(code, n, Long::sum)));
    double operations = minutes.stream().mapToDouble(minute -> minute.load().operations()).sum();
    String total = Figures.number(operations) + " operations, errors: ";
    return table.markdown() + "\n" + total + (errors.isEmpty() ? "none" : errors) + "\n";
  }

  private static void add(
      Table table, String name, List<SoakMinute> minutes, ToDoubleFunction<SoakMinute> figure) {
    int third = Math.max(1, minutes.size() / 3);
    List<Double> all = minutes.stream().map(figure::applyAsDouble).toList();
    table.add(
        List.of(
            name,
            Figures.number(Figures.median(all.subList(0, third))),
            Figures.number(Figures.median(all.subList(all.size() - third, all.size()))),
            Figures.number(all.stream().mapToDouble(Double::doubleValue).max().orElseThrow())));
  }
}
