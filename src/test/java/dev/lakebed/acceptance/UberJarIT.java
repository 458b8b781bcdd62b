package dev.lakebed.acceptance;

import dev.lakebed.support.LakebedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The one file that {@code java -jar} starts serves Lakekeeper as the WAR does. */
class UberJarIT {
  @Test
  void the_flow_runs_on_the_uber_jar_alone() throws Exception {
    Path data =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/acceptance")), "uber-");
    Path config = Path.of("src/test/resources/config/seed.json").toAbsolutePath();
    Map<String, String> variables =
        Map.of("LAKEBED_CONFIG", config.toString(), "LAKEBED_ICEBERG_PORT", "0");
    try (LakebedProcess server = LakebedProcess.uberJar(data.toAbsolutePath(), variables)) {
      LakekeeperFlow.run(server.endpoint());
    }
  }
}
