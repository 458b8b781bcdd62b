package dev.lakebed.bench;

import dev.lakebed.bench.Targets.Session;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Produces the tables of docs/benchmarks.md. */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "PUT and GET at every size and concurrency, and the other operations that peers know, on all",
      "endpoints by turns, then the rest on the first endpoint alone. Writes Markdown and JSON",
      "lines."
    })
final class MatrixCommand implements Callable<Integer> {
  @Mixin Targets targets = new Targets();

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--together",
      split = ",",
      defaultValue = "LIST,LIST_DELIMITER,ASSUME_ROLE",
      description =
          "further operations run by turns, on the endpoints that can: no list from files, no role"
              + " without keys")
  List<Operation> together = List.of();

  @Option(
      names = "--alone",
      split = ",",
      defaultValue = "HEAD,DELETE,MULTIPART,COMMIT",
      description = "operations run on the first endpoint alone")
  List<Operation> alone = List.of();

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/matrix.md",
      description = "file to write; a file with matrix markers keeps its other text")
  Path markdown = Path.of("");

  @Override
  public Integer call() throws Exception {
    try (Session session = targets.open()) {
      Experiment experiment = new Experiment(options, System.out);
      experiment.warmUp(session.endpoints());
      experiment.run(session.endpoints(), List.of(Operation.PUT, Operation.GET));
      Map<List<Endpoint>, List<Operation>> shared =
          together.stream()
              .collect(
                  Collectors.groupingBy(
                      session::offering, LinkedHashMap::new, Collectors.toList()));
      for (Map.Entry<List<Endpoint>, List<Operation>> one : shared.entrySet()) {
        experiment.run(one.getKey(), one.getValue());
      }
      experiment.run(session.endpoints().subList(0, 1), alone);
      String report = Machine.describe(targets.data) + MatrixReport.of(experiment.results());
      Report.write(markdown, "matrix", report);
    }
    return 0;
  }
}
