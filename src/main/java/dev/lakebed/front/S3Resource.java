package dev.lakebed.front;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/**
 * Amazon S3. Reached only through {@link PipelineFilter}, which gives every admitted request the
 * method POST and this path, whatever the client sent.
 */
@Path("s3")
public final class S3Resource {
  private final CallRunner runner;

  S3Resource(CallRunner runner) {
    this.runner = runner;
  }

  /** Runs the operation that the pipeline found. */
  @POST
  public void run() throws IOException {
    runner.run(ExchangeFilter.current());
  }
}
