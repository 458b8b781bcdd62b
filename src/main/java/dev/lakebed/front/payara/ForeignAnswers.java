package dev.lakebed.front.payara;

import dev.lakebed.limit.TokenBucket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Lets no answer pass that the server gives by itself. Where it fails before the application has
 * the request, or never asks it, it says {@code 200}, and the client would take for stored what
 * nobody has seen: such an answer becomes an error. While the application is being stopped it says
 * 503 with a page of its own: of an error only the status is left. Stands right before the server's
 * own handling, so that every answer to a request comes by.
 */
final class ForeignAnswers extends BaseFilter {
  private static final Logger LOG = System.getLogger(ForeignAnswers.class.getName());
  private static final String REPLACED = ForeignAnswers.class.getName();
  private static final int LOWEST_ERROR = 400;

  private final TokenBucket rate = new TokenBucket(1, 10, System::nanoTime);
  private final String mark;
  private final BooleanSupplier ended;

  /**
   * Every answer of the application has the field {@code mark}. When that has {@code ended}, while
   * the server still listens, nobody shall take "not found" for an answer about an object.
   */
  ForeignAnswers(String mark, BooleanSupplier ended) {
    this.mark = mark;
    this.ended = ended;
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) {
    Object message = context.getMessage();
    if (message instanceof HttpResponsePacket head) {
      judge(head);
    } else if (message instanceof HttpContent content
        && content.getHttpHeader() instanceof HttpResponsePacket head) {
      judge(head);
      if (isReplaced(head)) {
        content.getContent().position(content.getContent().limit());
      }
    }
    return context.getInvokeAction();
  }

  private void judge(HttpResponsePacket answer) {
    if (answer.isCommitted()
        || answer.isAcknowledgement()
        || answer.getHeaders().contains(mark)
        || isReplaced(answer)) {
      return;
    }
    int status =
        ended.getAsBoolean()
            ? HttpStatus.SERVICE_UNAVAILABLE_503.getStatusCode()
            : answer.getStatus();
    if (status < LOWEST_ERROR) {
      status = HttpStatus.INTERNAL_SERVER_ERROR_500.getStatusCode();
    }
    report(answer, status);
    answer.getRequest().setAttribute(REPLACED, true);
    answer.getHeaders().clear();
    answer.setStatus(status);
    answer.setChunked(false);
    answer.setContentLength(0);
    answer.getProcessingState().setKeepAlive(false);
  }

  private void report(HttpResponsePacket answer, int status) {
    long leftOut = rate.permit();
    if (leftOut >= 0) {
      LOG.log(
          answer.getStatus() < LOWEST_ERROR && !ended.getAsBoolean() ? Level.ERROR : Level.INFO,
          "A {0} did not reach Lakebed: the server itself answers {1} ({2} more before)",
          answer.getRequest().getMethod(),
          status,
          leftOut);
    }
  }

  private static boolean isReplaced(HttpResponsePacket answer) {
    return answer.getRequest().getAttribute(REPLACED) != null;
  }
}
