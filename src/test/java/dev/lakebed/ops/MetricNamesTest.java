package dev.lakebed.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of docs/configuration.md names all figures of the server, and no others. */
class MetricNamesTest {
  @Test
  void documented_figures_are_those_of_the_registry() throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    new RequestMetrics(registry);
    StorageMetrics storage = new StorageMetrics(registry);
    storage.commits(() -> 0, () -> 0);
    storage.database(() -> 0, () -> 0);
    storage.audit(() -> 0, () -> 0);
    Set<String> known =
        registry.scrape().stream()
            .map(figure -> figure.getMetadata().getPrometheusName())
            .collect(Collectors.toSet());
    String page = Files.readString(Path.of("docs/configuration.md"));
    Set<String> documented =
        Pattern.compile("(?m)^\\| `(lakebed_[a-z_]+?)(?:_total)?` \\|")
            .matcher(page)
            .results()
            .map((MatchResult row) -> row.group(1))
            .collect(Collectors.toSet());
    assertThat(documented).isEqualTo(known);
  }
}
