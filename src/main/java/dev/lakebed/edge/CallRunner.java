package dev.lakebed.edge;

import dev.lakebed.wire.Response;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;

/** Runs an admitted call for the resource that it belongs to, and writes its answer. */
final class CallRunner {
  private final Pipeline pipeline;
  private final Exchange exchange;
  private final BodyLimit bodyLimit;

  CallRunner(Pipeline pipeline, Exchange exchange, BodyLimit bodyLimit) {
    this.pipeline = pipeline;
    this.exchange = exchange;
    this.bodyLimit = bodyLimit;
  }

  void run(ContainerRequestContext context, HttpServletResponse servlet) throws IOException {
    if (!(context.getProperty(PipelineFilter.GRANTED) instanceof Admission.Granted granted)) {
      throw new IllegalStateException("the request did not pass the pipeline");
    }
    try {
      Response response = pipeline.execute(granted);
      exchange.finish(
          granted.protocol().kind(),
          granted.request(),
          granted.call().operation(),
          response,
          servlet);
    } finally {
      bodyLimit.leave(granted.request());
    }
  }
}
