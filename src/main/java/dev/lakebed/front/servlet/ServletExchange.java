package dev.lakebed.front.servlet;

import dev.lakebed.front.ClientBody;
import dev.lakebed.front.ClientOutput;
import dev.lakebed.front.Front;
import dev.lakebed.front.HttpExchange;
import dev.lakebed.front.limit.Ticket;
import dev.lakebed.front.payara.GrizzlyHook;
import dev.lakebed.front.payara.HookedTarget;
import dev.lakebed.http.Headers.Header;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the filter and the resource. Its answer is written and committed
 * here, so that JAX-RS leaves it alone: content types and other values pass through unchanged.
 */
final class ServletExchange implements HttpExchange {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What the container takes for the buffer of an answer. */
  private static final int USUAL_BUFFER = 8192;

  private static volatile DateHeader date = DateHeader.of(Instant.EPOCH);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final boolean mustBeHooked;
  private final Optional<HookedTarget> hooked;
  private ClientBody.Source body;
  private Front.@Nullable Received received;
  private Front.@Nullable Admitted admitted;
  private @Nullable Ticket ticket;

  /**
   * A request of a servlet container.
   *
   * @param mustBeHooked whether its connection has to have passed the hook
   */
  ServletExchange(HttpServletRequest request, HttpServletResponse response, boolean mustBeHooked) {
    this.request = request;
    this.response = response;
    this.mustBeHooked = mustBeHooked;
    this.hooked = RequestReader.hooked(request);
    this.body = request::getInputStream;
  }

  /**
   * The body is read there, and not from the servlet's own stream: JAX-RS may have looked at its
   * first byte already, to see whether there is one.
   */
  void readFrom(ClientBody.Source source) {
    body = source;
  }

  void receive(Front.Received read) {
    received = read;
  }

  /** The request's head; only one that was read comes to JAX-RS. */
  Front.Received received() {
    return Objects.requireNonNull(received, "the request was not read");
  }

  void admit(Front.Admitted granted) {
    admitted = granted;
  }

  /** What may run; only a request that passed the filter comes to a resource. */
  Front.Admitted admitted() {
    return Objects.requireNonNull(admitted, "the request did not pass the filter");
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

  int status() {
    return response.getStatus();
  }

  @Override
  public Request read(String id, Instant now) {
    return RequestReader.read(id, now, request, hooked, () -> body.open());
  }

  @Override
  public Request unreadable(String id, Instant now) {
    return RequestReader.unreadable(id, now, request, hooked);
  }

  @Override
  public boolean isWatched() {
    return !mustBeHooked || hooked.isPresent();
  }

  @Override
  public void hold(Ticket held) {
    ticket = held;
  }

  @Override
  public boolean isCommitted() {
    return response.isCommitted();
  }

  @Override
  public void reset() {
    response.reset();
  }

  @Override
  public void endConnection() throws IOException {
    if (!hooked.map(HookedTarget::terminateConnection).orElse(false)) {
      throw new IOException("the answer broke off");
    }
  }

  @Override
  public long send(Request read, Response answer, Instant now) throws IOException {
    if (read.headers().has("expect")
        && hooked.filter(HookedTarget::awaitsContinue).isPresent()
        && !answer.headers().has("connection")) {
      // The client may send its body or not (RFC 9110, section 10.1.1).
      response.setHeader("Connection", "close");
    }
    try {
      return write(answer, read.id(), read.method().equals("HEAD"), now);
    } finally {
      if (answer.body() instanceof ResponseBody.Streamed streamed) {
        streamed.end().run();
      }
    }
  }

  private long write(Response answer, String id, boolean head, Instant now) throws IOException {
    OutputStream out = new ClientOutput(response.getOutputStream(), System::nanoTime);
    response.setStatus(answer.status());
    response.setHeader("Date", date(now));
    response.setHeader(GrizzlyHook.REQUEST_ID, id);
    response.setHeader("x-amz-id-2", id);
    for (Header header : answer.headers().all()) {
      response.addHeader(header.name(), header.value());
    }
    long written = 0;
    switch (answer.body()) {
      case ResponseBody.Bytes bytes -> {
        int length = bytes.bytes().length;
        if (!answer.headers().has("content-length") && !isBodiless(answer.status())) {
          response.setContentLengthLong(length);
        }
        if (!head && length > 0) {
          fitBuffer(length);
          out.write(bytes.bytes());
          written = length;
        }
      }
      case ResponseBody.Streamed streamed -> {
        if (streamed.length() >= 0) {
          response.setContentLengthLong(streamed.length());
        }
        if (!head) {
          fitBuffer(streamed.length());
          streamed.writer().writeTo(out);
          written = Math.max(0, streamed.length());
        }
      }
    }
    out.flush();
    return written;
  }

  /** A short body is written at once, so that a buffer of its own length will do. */
  private void fitBuffer(long length) {
    if (length > 0 && length < USUAL_BUFFER) {
      response.setBufferSize((int) length);
    }
  }

  /** The {@code Date} header of a second. */
  private record DateHeader(long second, String text) {
    static DateHeader of(Instant now) {
      return new DateHeader(now.getEpochSecond(), HTTP_DATE.format(now));
    }
  }

  private static String date(Instant now) {
    DateHeader known = date;
    if (known.second != now.getEpochSecond()) {
      known = DateHeader.of(now);
      date = known;
    }
    return known.text;
  }

  private static boolean isBodiless(int status) {
    return status == 204 || status == 304;
  }
}
