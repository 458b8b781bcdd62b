package dev.lakebed.front;

import dev.lakebed.front.limit.Ticket;
import dev.lakebed.front.payara.GrizzlyHook;
import dev.lakebed.front.payara.HookedTarget;
import dev.lakebed.http.ResponseBody;
import dev.lakebed.limit.ClientShare.Client;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way through the filter and the resource, with what the filter found out. */
final class ServletExchange {
  /** Answers up to this size are as many as requests in work. */
  private static final int UNCOUNTED_BYTES = 64 * 1024;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private Admission.@Nullable Granted granted;
  private @Nullable Ticket ticket;

  ServletExchange(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  /** Keeps what the request holds until it ends. */
  void hold(Ticket held) {
    ticket = held;
  }

  /**
   * Counts an answer in memory, which a client that does not read lets stay there.
   *
   * @throws dev.lakebed.limit.ServerBusyException when the client holds its share already
   */
  void keep(ResponseBody answer) {
    if (ticket != null
        && answer instanceof ResponseBody.Bytes whole
        && whole.bytes().length > UNCOUNTED_BYTES) {
      ticket.take(whole.bytes().length);
    }
  }

  /** Whom it counts for; empty before it was let in. */
  Optional<Client> client() {
    return Optional.ofNullable(ticket).map(Ticket::client);
  }

  /** The request has ended, however it did. */
  void end() {
    if (ticket != null) {
      ticket.close();
    }
  }

  /** Whether the client still waits for leave to send its body. */
  boolean awaitsContinue() {
    String hooked = request.getHeader(GrizzlyHook.HEADER);
    return hooked != null && HookedTarget.parse(hooked).awaitsContinue();
  }

  void grant(Admission.Granted admission) {
    granted = admission;
  }

  /**
   * What the pipeline admitted.
   *
   * @throws IllegalStateException when the request did not pass it
   */
  Admission.Granted granted() {
    if (granted == null) {
      throw new IllegalStateException("the request did not pass the pipeline");
    }
    return granted;
  }
}
