package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of a server's process.
 *
 * @param resident MiB in RAM, from {@code /proc/<pid>/status} (Linux proc(5))
 * @param live MiB of the Java heap that are in use right after a full collection
 */
record Memory(long resident, long live) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"} (\\S+)$");

  /** Collects garbage, then measures. */
  static Memory of(Endpoint server) throws IOException, InterruptedException {
    long pid = server.pids().getFirst();
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collection =
        new ProcessBuilder(List.of(jcmd, Long.toString(pid), "GC.run"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (collection.waitFor() != 0) {
      throw new IOException("jcmd cannot collect the server's garbage");
    }
    String metrics;
    try (Client client = new Client(server)) {
      metrics = client.text(Outgoing.s3("GET", "/-/metrics"));
    }
    String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    return new Memory((long) number(RESIDENT, status) >> 10, (long) number(HEAP, metrics) >> 20);
  }

  private static double number(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
