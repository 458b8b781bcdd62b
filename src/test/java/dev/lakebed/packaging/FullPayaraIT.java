package dev.lakebed.packaging;

import dev.lakebed.acceptance.LakekeeperFlow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same WAR on the full Payara Server, deployed by asadmin. Runs with the Maven profile {@code
 * full-payara}, which unpacks the distribution to {@code target/payara6}.
 */
class FullPayaraIT {
  @Test
  void the_war_on_the_full_server_passes_the_flow(@TempDir Path directory) throws Exception {
    Path domains = Files.createDirectory(directory.resolve("domains"));
    Map<String, String> variables =
        Map.of(
            "LAKEBED_DATA",
            directory.resolve("data").toString(),
            "LAKEBED_CONFIG",
            Path.of("src/test/resources/config/seed.json").toAbsolutePath().toString(),
            "LAKEBED_ICEBERG_PORT",
            "0");
    Path home = Path.of("target/payara6").toAbsolutePath();
    try (PayaraDomain domain = new PayaraDomain(home, domains, variables)) {
      domain.deploy(Path.of("target/ROOT.war"));
      LakekeeperFlow.run(domain.endpoint());
    }
  }
}
