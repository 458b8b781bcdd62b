package dev.lakebed.front;

import dev.lakebed.front.payara.GrizzlyHook;
import dev.lakebed.front.payara.HookedTarget;
import dev.lakebed.task.FailureLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Runs an admitted call for the resource that it belongs to, and writes its answer. */
final class CallRunner {
  private static final Logger LOG = System.getLogger(CallRunner.class.getName());

  private final Pipeline pipeline;
  private final Exchange exchange;
  private final FailureLog failures = new FailureLog(LOG, System::nanoTime);

  CallRunner(Pipeline pipeline, Exchange exchange) {
    this.pipeline = pipeline;
    this.exchange = exchange;
  }

  void run(ServletExchange exchange) throws IOException {
    Admission.Granted granted = exchange.granted();
    finish(granted, pipeline.execute(granted), exchange);
  }

  private void finish(Admission.Granted granted, Outcome outcome, ServletExchange held)
      throws IOException {
    HttpServletResponse servlet = held.response();
    Outcome sent = outcome;
    long written = 0;
    try {
      held.keep(outcome.response().body());
      written = exchange.write(granted.request(), outcome.response(), servlet);
    } catch (ClientGoneException gone) {
      LOG.log(Level.DEBUG, "{0} the client went away", granted.request().id());
      sent = outcome.withError("ClientGone");
      endConnection(held.request());
    } catch (IOException | RuntimeException failure) {
      if (servlet.isCommitted()) {
        failures.add("request " + granted.request().id() + " broke off", failure);
        sent = outcome.withError("BrokenOff");
        endConnection(held.request());
      } else {
        servlet.reset();
        sent = Pipeline.refuse(granted, failure);
        written = exchange.write(granted.request(), sent.response(), servlet);
      }
    } finally {
      exchange.finished(
          granted.protocol().kind(),
          granted.request(),
          granted.call().operation(),
          Optional.of(granted.caller()),
          sent,
          written);
    }
  }

  /** So that the client does not take what it got for the whole. */
  private static void endConnection(HttpServletRequest request) throws IOException {
    String hooked = request.getHeader(GrizzlyHook.HEADER);
    if (hooked == null || !HookedTarget.parse(hooked).terminateConnection()) {
      throw new IOException("the answer broke off");
    }
  }
}
