package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Memory of a server and of the processes that serve it, in KiB, from {@code
 * /proc/<pid>/smaps_rollup} (Linux proc(5)).
 *
 * @param resident pages in RAM, those that processes share counted for each of them
 * @param proportional the same with a shared page divided among those who share it
 */
record Footprint(long resident, long proportional) {
  private static final Footprint NONE = new Footprint(0, 0);
  private static final Pattern RESIDENT = Pattern.compile("(?m)^Rss:\\s+(\\d+) kB");
  private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");

  /** The first of the processes alone; empty when it is gone. */
  static Optional<Footprint> ofServer(List<Long> pids) throws IOException {
    return pids.isEmpty() ? Optional.empty() : of(pids.getFirst());
  }

  /**
   * Its descendants, such as the processes of its database, and the other processes with theirs.
   */
  static Footprint ofOthers(List<Long> pids) throws IOException {
    Footprint sum = NONE;
    List<Long> all =
        pids.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .map(ProcessHandle::pid)
            .distinct()
            .filter(pid -> !pid.equals(pids.getFirst()))
            .toList();
    for (long pid : all) {
      sum = sum.plus(of(pid).orElse(NONE));
    }
    return sum;
  }

  private static Optional<Footprint> of(long pid) throws IOException {
    try {
      return Optional.of(
          parse(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup"))));
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    }
  }

  static Footprint parse(String rollup) {
    return new Footprint(number(RESIDENT, rollup), number(PROPORTIONAL, rollup));
  }

  /** A process that has just ended has no memory, and no line about it. */
  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  Footprint plus(Footprint other) {
    return new Footprint(resident + other.resident, proportional + other.proportional);
  }
}
