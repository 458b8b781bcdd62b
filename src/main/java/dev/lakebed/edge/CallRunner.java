package dev.lakebed.edge;

import dev.lakebed.edge.payara.GrizzlyHook;
import dev.lakebed.edge.payara.HookedTarget;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Runs an admitted call for the resource that it belongs to, and writes its answer. */
final class CallRunner {
  private static final Logger LOG = System.getLogger(CallRunner.class.getName());

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
      finish(granted, pipeline.execute(granted), context, servlet);
    } finally {
      bodyLimit.leave(granted.request());
    }
  }

  private void finish(
      Admission.Granted granted,
      Outcome outcome,
      ContainerRequestContext context,
      HttpServletResponse servlet)
      throws IOException {
    Outcome sent = outcome;
    long written = 0;
    try {
      written = exchange.write(granted.request(), outcome.response(), servlet);
    } catch (ClientGoneException gone) {
      LOG.log(Level.DEBUG, "{0} the client went away", granted.request().id());
      sent = outcome.withError("ClientGone");
      endConnection(context);
    } catch (IOException | RuntimeException failure) {
      if (servlet.isCommitted()) {
        LOG.log(Level.ERROR, "request " + granted.request().id() + " broke off", failure);
        sent = outcome.withError("BrokenOff");
        endConnection(context);
      } else {
        servlet.reset();
        sent = Pipeline.refuse(granted, failure);
        written = exchange.write(granted.request(), sent.response(), servlet);
      }
    } finally {
      exchange.finished(
          granted.protocol().kind(), granted.request(), granted.call().operation(), sent, written);
    }
  }

  /** So that the client does not take what it got for the whole. */
  private static void endConnection(ContainerRequestContext context) throws IOException {
    String hooked = context.getHeaderString(GrizzlyHook.HEADER);
    if (hooked == null || !HookedTarget.parse(hooked).terminateConnection()) {
      throw new IOException("the answer broke off");
    }
  }
}
