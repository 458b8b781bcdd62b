package dev.lakebed.front;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/**
 * AWS STS and IAM, the Query protocol. Reached only through {@link PipelineFilter}, which gives
 * every admitted request the method POST and this path, whatever the client sent.
 */
@Path("query")
public final class QueryResource {
  private final CallRunner runner;

  QueryResource(CallRunner runner) {
    this.runner = runner;
  }

  /** Runs the operation that the pipeline found. */
  @POST
  public void run() throws IOException {
    runner.run(ExchangeFilter.current());
  }
}
