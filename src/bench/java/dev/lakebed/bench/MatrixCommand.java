package dev.lakebed.bench;

import dev.lakebed.bench.Targets.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Produces the tables of docs/benchmarks.md. */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "PUT and GET at every size and concurrency on all endpoints by turns, then the other",
      "operations on the first endpoint alone. Writes Markdown and JSON lines."
    })
final class MatrixCommand implements Callable<Integer> {
  @Mixin Targets targets = new Targets();

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--alone",
      split = ",",
      defaultValue = "HEAD,DELETE,LIST,LIST_DELIMITER,MULTIPART,ASSUME_ROLE,COMMIT",
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
      experiment.run(session.endpoints().subList(0, 1), alone);
      String report = Machine.describe(targets.data) + MatrixReport.of(experiment.results());
      Report.write(markdown, "matrix", report);
    }
    return 0;
  }
}
