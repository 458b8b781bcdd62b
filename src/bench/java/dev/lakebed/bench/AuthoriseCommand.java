package dev.lakebed.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures through the wire what attached policies cost. */
@Command(
    name = "authorise",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Lakebed of its own and lets users with more and more managed policies, who are",
      "otherwise equal, read small objects by turns: the difference is what the policies cost."
    })
final class AuthoriseCommand implements Callable<Integer> {
  private static final int OBJECT = 4096;
  private static final int WARM_UP_WORKERS = 16;

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "1,10,100",
      description = "numbers of attached policies, at most 110")
  List<Integer> policies = List.of();

  @Option(names = "--data", description = "directory for the server's files")
  Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/authorise.md",
      description = "file to write; a file with authorise markers keeps its other text")
  Path markdown = Path.of("");

  @Override
  public Integer call() throws Exception {
    try (LakebedServer server = LakebedServer.start(data)) {
      Endpoint administrator = server.endpoint();
      ObjectSet objects =
          ObjectSet.flat(administrator, "object", options.keysOf(OBJECT), Body.random(OBJECT));
      objects.fill(administrator);
      List<Endpoint> users = PolicyHolders.create(administrator, policies);
      Turns turns = new Turns(options, System.out);
      for (Operation operation : List.of(Operation.HEAD, Operation.GET)) {
        Workload workload = new ObjectWorkload(operation, objects, options.verify);
        for (Endpoint user : users) {
          options.serverWarmUp().run(user, workload, WARM_UP_WORKERS);
        }
        for (int concurrency : options.concurrencies) {
          turns.run(users, workload, concurrency);
        }
      }
      Report.write(markdown, "authorise", Machine.describe(data) + "\n" + turns.markdown());
    }
    return 0;
  }
}
