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
 * Lets no answer pass for a success that the server gives by itself: where it fails before the
 * application has the request, or never asks it, it says {@code 200}, and the client would take for
 * stored what nobody has seen. Such an answer becomes an error without a body. Stands right before
 * the server's own handling, so that every answer to a request comes by.
 */
final class ForeignAnswers extends BaseFilter {
  private static final Logger LOG = System.getLogger(ForeignAnswers.class.getName());
  private static final String REPLACED = ForeignAnswers.class.getName();
  private static final int LOWEST_ERROR = 400;

  private final TokenBucket rate = new TokenBucket(1, 10, System::nanoTime);
  private final String mark;
  private final BooleanSupplier ended;

  /**
   * Judges so.
   *
   * @param mark field that every answer of the application has, and no other
   * @param ended whether the application has gone, while the server still listens: then nobody
   *     shall take "not found" for an answer about an object
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
    boolean unanswerable = ended.getAsBoolean();
    if (answer.isCommitted()
        || (answer.getStatus() >= LOWEST_ERROR && !unanswerable)
        || answer.isAcknowledgement()
        || answer.getHeaders().contains(mark)) {
      return;
    }
    if (!unanswerable) {
      report(answer);
    }
    answer.getRequest().setAttribute(REPLACED, true);
    answer.getHeaders().clear();
    answer.setStatus(
        unanswerable ? HttpStatus.SERVICE_UNAVAILABLE_503 : HttpStatus.INTERNAL_SERVER_ERROR_500);
    answer.setChunked(false);
    answer.setContentLength(0);
    answer.getProcessingState().setKeepAlive(false);
  }

  private void report(HttpResponsePacket answer) {
    long leftOut = rate.permit();
    if (leftOut >= 0) {
      LOG.log(
          Level.ERROR,
          "The server itself answered {0} to a {1} that never reached Lakebed; it was made an error"
              + " ({2} more before)",
          answer.getStatus(),
          answer.getRequest().getMethod(),
          leftOut);
    }
  }

  private static boolean isReplaced(HttpResponsePacket answer) {
    return answer.getRequest().getAttribute(REPLACED) != null;
  }
}
