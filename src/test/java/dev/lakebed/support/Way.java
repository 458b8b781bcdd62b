package dev.lakebed.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The two ways that the traffic of objects can take through a server. */
public enum Way {
  /** Run by the servlet filter, as servers do. */
  AT_ONCE,
  /** Run by the JAX-RS resource, as everything else. */
  BY_RESOURCE;

  private static final String PROPERTY = "dev.lakebed.only.resources";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** The way that this run of the tests is for. */
  public static Way ofThisRun() {
    return Boolean.getBoolean(PROPERTY) ? BY_RESOURCE : AT_ONCE;
  }

  /** The option of the JVM that makes a server go this way. */
  public String option() {
    return "-D" + PROPERTY + "=" + (this == BY_RESOURCE);
  }

  /**
   * The way that a write takes, by the stack of the thread that waits for its body.
   *
   * @param head of a write with a body, signed
   */
  public static Way taken(long pid, URI endpoint, byte[] head) throws IOException {
    try (Socket client = new Socket(endpoint.getHost(), endpoint.getPort())) {
      client.getOutputStream().write(head);
      Instant end = Instant.now().plus(LIMIT);
      Optional<Way> taken = atWork(pid);
      while (taken.isEmpty() && Instant.now().isBefore(end)) {
        taken = atWork(pid);
      }
      return taken.orElseThrow();
    }
  }

  private static Optional<Way> atWork(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process dump = new ProcessBuilder(List.of(jcmd, Long.toString(pid), "Thread.print")).start();
    String threads = new String(dump.getInputStream().readAllBytes(), UTF_8);
    return Arrays.stream(threads.split("\n\n"))
        .filter(thread -> thread.contains("dev.lakebed.front.Front.run("))
        .map(thread -> thread.contains(".ServiceResource.") ? BY_RESOURCE : AT_ONCE)
        .findAny();
  }
}
