package dev.lakebed.edge;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
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
  public void run(@Context ContainerRequestContext context, @Context HttpServletResponse response)
      throws IOException {
    runner.run(context, response);
  }
}
