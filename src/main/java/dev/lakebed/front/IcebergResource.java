package dev.lakebed.front;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/**
 * The Iceberg REST catalog. Reached only through {@link PipelineFilter}, which gives every admitted
 * request the method POST and this path, whatever the client sent.
 */
@Path("iceberg")
public final class IcebergResource {
  private final CallRunner runner;

  IcebergResource(CallRunner runner) {
    this.runner = runner;
  }

  /** Runs the operation that the pipeline found. */
  @POST
  public void run() throws IOException {
    runner.run(ExchangeFilter.current());
  }
}
