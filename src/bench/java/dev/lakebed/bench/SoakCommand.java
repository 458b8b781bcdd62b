package dev.lakebed.bench;

import dev.lakebed.bench.Targets.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads one server with everything for long, and watches its memory. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Mixed load on the first endpoint: GET, PUT, DELETE, LIST, uploads in parts, AssumeRole,"
          + " with",
      "objects of 4 KiB to 8 MiB. Writes a line a minute; every byte read is compared."
    })
final class SoakCommand implements Callable<Integer> {
  @Mixin Targets targets = new Targets();

  @Option(names = "--minutes", defaultValue = "60", description = "how long")
  int minutes;

  @Option(names = "--interval", defaultValue = "60", description = "seconds from line to line")
  int interval;

  @Option(names = "--connections", defaultValue = "16", description = "number of workers")
  int connections;

  @Option(
      names = "--keys",
      defaultValue = "200",
      description = "objects of each worker that live at most; they have 48 KiB on average")
  int keys;

  @Option(names = "--role-arn", description = "RoleArn of AssumeRole; none when not given")
  Optional<String> roleArn = Optional.empty();

  @Option(names = "--watch", description = "the server's data directory, whose size is written")
  Optional<Path> watched = Optional.empty();

  @Option(
      names = "--collect",
      description = "collect the garbage of a Lakebed before each line, for its live heap")
  boolean collect;

  @Option(
      names = "--csv",
      defaultValue = "target/bench/soak.csv",
      description = "file that receives the lines")
  Path csv = Path.of("");

  @Option(
      names = "--markdown",
      defaultValue = "target/bench/soak.md",
      description = "file to write; a file with soak markers keeps its other text")
  Path markdown = Path.of("");

  @Override
  public Integer call() throws Exception {
    try (Session session = targets.open()) {
      Endpoint endpoint = session.endpoints().getFirst();
      SoakWorkload workload = new SoakWorkload(endpoint, connections, keys, roleArn);
      workload.prepare(endpoint, connections);
      append(SoakMinute.HEADER);
      List<SoakMinute> all = new ArrayList<>();
      Load load = new Load(Duration.ZERO, Duration.ofSeconds(interval));
      for (int i = 0; i < minutes * 60 / interval; i++) {
        Measurement measured = load.run(endpoint, workload, connections);
        all.add(minute(endpoint, measured));
        append(all.getLast().line());
      }
      workload.cleanUp(endpoint);
      Report.write(markdown, "soak", Machine.describe(targets.data) + "\n" + SoakReport.of(all));
    }
    return 0;
  }

  private SoakMinute minute(Endpoint endpoint, Measurement measured)
      throws IOException, InterruptedException {
    Optional<Long> liveHeap =
        collect ? Optional.of(Memory.of(endpoint).live()) : Optional.<Long>empty();
    return new SoakMinute(
        measured,
        Footprint.ofServer(endpoint.pids()),
        Footprint.ofOthers(endpoint.pids()),
        liveHeap,
        watched.map(SoakCommand::length).orElse(0L));
  }

  private void append(String line) throws IOException {
    System.out.println(line);
    Path directory = csv.toAbsolutePath().getParent();
    Files.createDirectories(directory == null ? Path.of("/") : directory);
    Files.writeString(csv, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Files that go while they are counted are left out. */
  private static long length(Path directory) {
    AtomicLong bytes = new AtomicLong();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return bytes.get();
  }
}
