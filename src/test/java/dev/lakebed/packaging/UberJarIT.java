package dev.lakebed.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.LakekeeperFlow;
import dev.lakebed.support.LakebedProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uber-jar alone, configured by variables, serves Lakekeeper as the WAR does. */
class UberJarIT {
  @Test
  void the_uber_jar_started_alone_passes_the_flow_and_stops_in_order(@TempDir Path data)
      throws Exception {
    Path config = Path.of("src/test/resources/config/seed.json").toAbsolutePath();
    try (LakebedProcess server =
        LakebedProcess.uberJar(
            data.resolve("data"),
            Map.of("LAKEBED_CONFIG", config.toString(), "LAKEBED_ICEBERG_PORT", "0"))) {
      LakekeeperFlow.run(server.endpoint());
      assertThat(server.stop()).isTrue();
      assertThat(server.output().strip()).endsWith(" Stopped");
    }
    assertThat(data.resolve("data/postgres/data/postmaster.pid")).doesNotExist();
  }
}
