package dev.lakebed.front;

import dev.lakebed.front.limit.Ticket;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The body as the server delivers it.
 *
 * @param length announced length; empty when the body is chunked
 * @param source where to read it
 * @param memory what it may take when it is kept whole
 */
public record ClientBody(OptionalLong length, Source source, BodyMemory memory)
    implements RequestBody {
  /** Gives the stream when it is first asked for. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /** The request, with its body counted for what it holds. */
  static Request counted(Request request, Ticket ticket) {
    return request.body() instanceof ClientBody body
        ? request.withBody(body.counted(ticket))
        : request;
  }

  private ClientBody counted(Ticket ticket) {
    return new ClientBody(
        length,
        () -> {
          ticket.opened();
          return new ClientInput(source.open(), System::nanoTime, ticket::isSigned, ticket::ended);
        },
        ticket);
  }

  @Override
  public InputStream open() throws IOException {
    return source.open();
  }

  @Override
  public Headers trailers() {
    return Headers.NONE;
  }
}
