package dev.lakebed.front;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/**
 * Amazon S3 Tables. Reached only through {@link PipelineFilter}, which gives every admitted request
 * the method POST and this path, whatever the client sent.
 */
@Path("s3tables")
public final class TablesResource {
  private final CallRunner runner;

  TablesResource(CallRunner runner) {
    this.runner = runner;
  }

  /** Runs the operation that the pipeline found. */
  @POST
  public void run() throws IOException {
    runner.run(ExchangeFilter.current());
  }
}
