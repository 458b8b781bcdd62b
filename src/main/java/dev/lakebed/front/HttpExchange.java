package dev.lakebed.front;

import dev.lakebed.front.limit.Ticket;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import java.io.IOException;
import java.time.Instant;

/**
 * One HTTP request and the way back to its client, as the server below gives them. Used by one
 * thread at a time.
 */
public interface HttpExchange {
  /** The request's head, if it can be read; its body is opened only when somebody reads it. */
  Request read(String id, Instant now);

  /** A request of which nothing but the id can be trusted, to answer an error to. */
  Request unreadable(String id, Instant now);

  /** Whether all that watches over connections was there when this one was accepted. */
  boolean isWatched();

  /** Keeps what the request holds until it ends. */
  void hold(Ticket ticket);

  /**
   * Writes an answer; how many body bytes. {@link ClientGoneException} when the client does not
   * take it, another failure when a streamed body cannot be produced, of which some may be sent.
   */
  long send(Request request, Response response, Instant now) throws IOException;

  /** Whether some of an answer is on its way, so that no other can be given. */
  boolean isCommitted();

  /** Takes back an answer that is not committed. */
  void reset();

  /** Ends the connection, if need be by a failure, so that half an answer passes for no whole. */
  void endConnection() throws IOException;

  /** The client does not take the answer any more. */
  final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    public ClientGoneException(IOException cause) {
      super(cause);
    }
  }
}
