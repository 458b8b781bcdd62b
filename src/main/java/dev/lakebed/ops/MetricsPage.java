package dev.lakebed.ops;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.ResponseBody;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The metrics in a Prometheus text format. */
public final class MetricsPage {
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final PrometheusRegistry registry;

  /** Shows everything registered. */
  public MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** The page in the format that the {@code Accept} header asks for. */
  public Response response(String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      writer.write(page, registry.scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Response(
        200,
        Headers.builder().add("content-type", writer.getContentType()).build(),
        new ResponseBody.Bytes(page.toByteArray()));
  }
}
