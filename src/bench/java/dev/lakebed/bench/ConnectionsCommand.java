package dev.lakebed.bench;

import dev.lakebed.bench.Targets.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what thousands of connections do to throughput. */
@Command(
    name = "connections",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The same operation at more and more connections, and what is left of the best throughput.",
      "One size is measured: the first of --size. --connections takes the place of --concurrency."
    })
final class ConnectionsCommand implements Callable<Integer> {
  @Mixin Targets targets = new Targets();

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--op",
      split = ",",
      defaultValue = "GET,PUT",
      description = "operations: ${COMPLETION-CANDIDATES}")
  List<Operation> operations = List.of();

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "16,64,256,1000,2000",
      description = "numbers of connections, one worker each")
  List<Integer> connections = List.of();

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/connections.md",
      description = "file to write; a file with connections markers keeps its other text")
  Path markdown = Path.of("");

  @Override
  public Integer call() throws Exception {
    options.concurrencies = connections;
    options.sizes = options.sizes.subList(0, 1);
    try (Session session = targets.open()) {
      Experiment experiment = new Experiment(options, System.out);
      experiment.warmUp(session.endpoints());
      experiment.run(session.endpoints(), operations);
      String report = ConnectionsReport.of(experiment.results());
      Report.write(markdown, "connections", Machine.describe(targets.data) + "\n" + report);
    }
    return 0;
  }
}
