package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures whether the number of users in the database matters. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Lakebed of its own and measures requests with a hundred users in its database and",
      "again with many, each with an access key and an inline policy; then its memory."
    })
final class UsersCommand implements Callable<Integer> {
  private static final int OBJECT = 4096;
  private static final int SWEEP_WORKERS = 16;
  private static final Duration SWEEP_LIMIT = Duration.ofMinutes(10);

  @Mixin LoadOptions options = new LoadOptions();

  @Option(names = "--users", defaultValue = "100000", description = "how many are many")
  int many;

  @Option(names = "--data", description = "directory for the server's files")
  Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/users.md",
      description = "file to write; a file with users markers keeps its other text")
  Path markdown = Path.of("");

  private final Map<String, Memory> memory = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    try (LakebedServer server = LakebedServer.start(data)) {
      Endpoint endpoint = server.endpoint();
      ObjectSet objects =
          ObjectSet.flat(endpoint, "object", UserWorkloads.ACTIVE, Body.random(OBJECT));
      objects.fill(endpoint);
      UserSet users = new UserSet(endpoint.bucket());
      users.create(endpoint, UserWorkloads.ACTIVE);
      UserWorkloads workloads = new UserWorkloads(endpoint, users, objects);
      workloads.createRole();
      System.out.println(ResultLine.HEADER);
      rehearse(endpoint, workloads);
      memory.put(users.size() + " users, after a rehearsal", Memory.of(endpoint));
      List<Measurement> few = series(endpoint, workloads, users);
      memory.put(users.size() + " users, measured", Memory.of(endpoint));
      load(server, users);
      memory.put(many + " users loaded", Memory.of(endpoint));
      List<Measurement> all = series(endpoint, workloads, users);
      memory.put(many + " users, measured", Memory.of(endpoint));
      print(new Load(Duration.ZERO, SWEEP_LIMIT).run(endpoint, workloads.each(), SWEEP_WORKERS));
      memory.put(many + " users, each seen once", Memory.of(endpoint));
      Report.write(markdown, "users", Machine.describe(data) + "\n" + report(few, all));
    }
    return 0;
  }

  /** Lets the server compile what is measured later. */
  private void rehearse(Endpoint endpoint, UserWorkloads workloads)
      throws IOException, InterruptedException {
    List<Workload> all = workloads.all();
    Duration share = Duration.ofMillis(Math.round(options.serverWarmUp * 1000 / all.size()));
    for (Workload workload : all) {
      workload.prepare(endpoint, SWEEP_WORKERS);
      new Load(Duration.ZERO, share).run(endpoint, workload, SWEEP_WORKERS);
      workload.cleanUp(endpoint);
    }
  }

  private void load(LakebedServer server, UserSet users) throws Exception {
    int first = users.size();
    users.invent(many);
    long begin = System.nanoTime();
    new LoadedUsers(server.data()).store(users, first, many);
    String seconds = Figures.number((System.nanoTime() - begin) / 1e9);
    System.out.println("  " + many + " users loaded in " + seconds + " s");
  }

  private List<Measurement> series(Endpoint endpoint, UserWorkloads workloads, UserSet users)
      throws IOException, InterruptedException {
    List<Measurement> results = new ArrayList<>();
    for (int concurrency : options.concurrencies) {
      for (Workload workload : workloads.all()) {
        workload.prepare(endpoint, concurrency);
        results.add(print(options.load().run(endpoint, workload, concurrency)));
        workload.cleanUp(endpoint);
      }
    }
    results.add(print(new UnseenUsers(endpoint, workloads, users).measure(options.seconds)));
    return results;
  }

  private static Measurement print(Measurement result) {
    System.out.println(ResultLine.of(result));
    return result;
  }

  private String report(List<Measurement> few, List<Measurement> all) {
    Table latencies =
        new Table(
            List.of(
                "request",
                "conc.",
                UserWorkloads.ACTIVE + " users p50 ms",
                "p99 ms",
                "CPU µs/op",
                many + " users p50 ms",
                "p99 ms",
                "CPU µs/op"));
    for (int i = 0; i < few.size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(few.get(i).cell().operation());
      row.add(Integer.toString(few.get(i).cell().concurrency()));
      row.addAll(figures(few.get(i)));
      row.addAll(figures(all.get(i)));
      latencies.add(row);
    }
    Table memories = new Table(List.of("memory of the server", "resident MiB", "live heap MiB"));
    memory.forEach(
        (when, size) ->
            memories.add(
                List.of(when, Long.toString(size.resident()), Long.toString(size.live()))));
    return latencies.markdown() + "\n" + memories.markdown();
  }

  private static List<String> figures(Measurement result) {
    return List.of(
        Figures.millis(result.latency().p50()),
        Figures.millis(result.latency().p99()),
        Figures.number(result.serverCpu()));
  }
}
