package dev.lakebed.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every kind of run. */
final class LoadOptions {
  @Option(names = "--seconds", defaultValue = "5", description = "measured seconds per run")
  double seconds;

  @Option(names = "--warm-up", defaultValue = "1", description = "seconds before measuring")
  double warmUp;

  @Option(
      names = "--server-warm-up",
      defaultValue = "20",
      description = "seconds of small PUT and GET on each server before the first run")
  double serverWarmUp;

  @Option(
      names = "--pairs",
      defaultValue = "1",
      description = "how often the endpoints take turns in each cell")
  int pairs;

  @Option(
      names = "--size",
      split = ",",
      defaultValue = "4k,64k,1m,16m,64m",
      description = "object sizes, such as 4096, 4k, 64m, 1g")
  List<String> sizes = List.of();

  @Option(
      names = "--concurrency",
      split = ",",
      defaultValue = "1,16,64",
      description = "numbers of workers, one connection each")
  List<Integer> concurrencies = List.of();

  @Option(names = "--keys", defaultValue = "1000", description = "objects that GET picks from")
  int keys;

  @Option(
      names = "--data-set",
      defaultValue = "1024m",
      description = "bound of the data set; at least one object per worker is kept")
  String dataSet = "";

  @Option(names = "--list-keys", defaultValue = "10000", description = "keys that LIST sees")
  int listKeys;

  @Option(names = "--delete-keys", defaultValue = "20000", description = "keys to delete")
  int deleteKeys;

  @Option(names = "--parts", defaultValue = "4", description = "parts per multipart upload")
  int parts;

  @Option(names = "--part-size", defaultValue = "5m", description = "size of each part")
  String partSize = "";

  @Option(names = "--role-arn", description = "RoleArn of AssumeRole; none when not given")
  Optional<String> roleArn = Optional.empty();

  @Option(names = "--verify", description = "compare every byte read, count listed entries")
  boolean verify;

  @Option(
      names = "--json",
      defaultValue = "target/bench/results.jsonl",
      description = "file that receives one JSON line per run")
  Path json = Path.of("");

  Load load() {
    return new Load(duration(warmUp), duration(seconds));
  }

  /** Half of the servers' warm-up: one load for PUT, one for GET. */
  Load serverWarmUp() {
    return new Load(Duration.ZERO, duration(serverWarmUp / 2));
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  int mostWorkers() {
    return concurrencies.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** How many objects of the size the data set holds. */
  int keysOf(int size) {
    long fitting = Figures.parseBytes(dataSet) / Math.max(1, size);
    return (int) Math.max(mostWorkers(), Math.min(keys, fitting));
  }
}
