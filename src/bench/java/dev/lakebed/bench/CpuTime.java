package dev.lakebed.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CPU time of processes and all their children, from {@code /proc/<pid>/stat} (Linux proc(5): user
 * and system time of the process and of its waited-for children, in ticks of 10 ms).
 */
final class CpuTime {
  private static final long MICROS_PER_TICK = 10_000;

  private CpuTime() {}

  /**
   * Microseconds used so far by the processes and their living and reaped descendants; empty when
   * no process is given or one of them is gone.
   */
  static Optional<Long> micros(List<Long> pids) throws IOException {
    if (pids.isEmpty()) {
      return Optional.empty();
    }
    Map<Long, Stat> all = readAll();
    if (!all.keySet().containsAll(pids)) {
      return Optional.empty();
    }
    Set<Long> family = new HashSet<>(pids);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Map.Entry<Long, Stat> one : all.entrySet()) {
        grew |= family.contains(one.getValue().parent()) && family.add(one.getKey());
      }
    }
    return Optional.of(
        family.stream().mapToLong(pid -> all.get(pid).ticks()).sum() * MICROS_PER_TICK);
  }

  /** Microseconds used so far by this process, without the servers it started. */
  static long ofThisProcess() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / 1000;
  }

  private static Map<Long, Stat> readAll() throws IOException {
    Map<Long, Stat> all = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        read(process.resolve("stat"))
            .ifPresent(
                stat -> all.put(Long.valueOf(process.getFileName().toString()), Stat.parse(stat)));
      }
    }
    return all;
  }

  /** A process may end between listing and reading: then it is left out. */
  private static Optional<String> read(Path stat) {
    try {
      return Optional.of(Files.readString(stat));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Parent process and used ticks. */
  record Stat(long parent, long ticks) {
    /** Fields are counted behind the command name, which is in brackets and may hold anything. */
    static Stat parse(String line) {
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return new Stat(Long.parseLong(fields[1]), ticks);
    }
  }
}
