package dev.lakebed.bench;

import dev.lakebed.bench.Yardsticks.Running;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the load generator itself against a server that does nothing. */
@Command(
    name = "ceiling",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures the load generator itself: signed requests to a server that does nothing.")
final class CeilingCommand implements Callable<Integer> {
  @Mixin LoadOptions options = new LoadOptions();

  @Override
  public Integer call() throws Exception {
    Running running = Yardsticks.responder(Path.of(System.getProperty("java.io.tmpdir")));
    try (running) {
      new Experiment(options, System.out)
          .run(List.of(running.endpoint()), List.of(Operation.PUT, Operation.GET, Operation.HEAD));
    }
    return 0;
  }
}
