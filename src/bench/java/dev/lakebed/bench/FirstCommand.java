package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how fast a server is right after its start. */
@Command(
    name = "first",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Lakebed of its own on data of an earlier run and loads it with GET as soon as it"
          + " is",
      "ready, without any warm-up; then warms it and measures again. The ratio is what a user who",
      "comes early gets."
    })
final class FirstCommand implements Callable<Integer> {
  private static final int OBJECT = 4096;

  @Option(names = "--starts", defaultValue = "3", description = "how often it is started")
  int starts;

  @Option(names = "--seconds", defaultValue = "10", description = "measured, first and warm")
  int seconds;

  @Option(names = "--warm-seconds", defaultValue = "60", description = "of load between the two")
  int warmSeconds;

  @Option(names = "--concurrency", defaultValue = "16", description = "number of workers")
  int concurrency;

  @Option(names = "--keys", defaultValue = "1000", description = "objects of 4 KiB to read")
  int keys;

  @Option(names = "--data", description = "directory for the server's files")
  Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/first.md",
      description = "file to write; a file with first markers keeps its other text")
  Path markdown = Path.of("");

  @Override
  public Integer call() throws Exception {
    List<FirstSeconds> all = new ArrayList<>();
    LakebedServer server = LakebedServer.start(data);
    try {
      ObjectSet objects = ObjectSet.flat(server.endpoint(), "first", keys, Body.random(OBJECT));
      objects.fill(server.endpoint());
      System.out.println(ResultLine.HEADER);
      for (int i = 0; i < starts; i++) {
        server.process().stop();
        long began = System.nanoTime();
        server = server.again();
        all.add(measure(server.endpoint(), objects, (System.nanoTime() - began) / 1_000_000));
      }
    } finally {
      server.close();
    }
    Report.write(markdown, "first", Machine.describe(data) + "\n" + FirstSeconds.report(all));
    return 0;
  }

  private FirstSeconds measure(Endpoint endpoint, ObjectSet objects, long readyMillis)
      throws IOException, InterruptedException {
    Workload workload = new ObjectWorkload(Operation.GET, objects, false);
    Measurement first = print(load(0, seconds).run(endpoint, workload, concurrency));
    Measurement warm = print(load(warmSeconds, seconds).run(endpoint, workload, concurrency));
    return new FirstSeconds(readyMillis, first, warm);
  }

  private static Load load(int warmUp, int measured) {
    return new Load(Duration.ofSeconds(warmUp), Duration.ofSeconds(measured));
  }

  private static Measurement print(Measurement result) {
    System.out.println(ResultLine.of(result));
    return result;
  }
}
