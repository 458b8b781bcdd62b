package dev.lakebed.bench;

import dev.lakebed.bench.Targets.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads one endpoint, or several by turns, with chosen operations. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Loads the endpoints by turns with the chosen operations.")
final class RunCommand implements Callable<Integer> {
  @Mixin Targets targets = new Targets();

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--op",
      split = ",",
      defaultValue = "PUT,GET",
      description = "operations: ${COMPLETION-CANDIDATES}")
  List<Operation> operations = List.of();

  @Override
  public Integer call() throws Exception {
    try (Session session = targets.open()) {
      Experiment experiment = new Experiment(options, System.out);
      experiment.warmUp(session.endpoints());
      experiment.run(session.endpoints(), operations);
    }
    return 0;
  }
}
