package dev.lakebed.storage.metadata.postgres;

import java.nio.file.Path;

/** A program that starts a server, tells its process number and waits to be killed. */
final class LeftBehind {
  private LeftBehind() {}

  public static void main(String[] arguments) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]))) {
      System.out.println(server.pid());
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
