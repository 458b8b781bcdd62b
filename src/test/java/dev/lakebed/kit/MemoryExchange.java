package dev.lakebed.kit;

import dev.lakebed.front.HttpExchange;
import dev.lakebed.front.limit.Ticket;
import dev.lakebed.http.Framing;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/** A request and its answer in memory, where a container has its connection. */
final class MemoryExchange implements HttpExchange, AutoCloseable {
  /** The same for all, so that equal answers are equal. */
  static final String ID = "0123456789ABCDEF";

  /** Where requests come from. */
  static final Connection CLIENT = new Connection("192.0.2.1", false, 8333);

  private final Message message;
  private final RequestBody body;
  private Ticket ticket;
  private Answer answer;

  MemoryExchange(Message message, RequestBody body) {
    this.message = message;
    this.body = body;
  }

  /** What came back. */
  Answer answer() {
    return answer;
  }

  @Override
  public Request read(String id, Instant now) {
    Headers.Builder headers = Headers.builder();
    message.fields().forEach(field -> headers.add(field.name(), field.value()));
    Headers fields = headers.build();
    Framing.length(fields);
    RawTarget target = RawTarget.parse(message.target());
    QueryParameters query = QueryParameters.parse(target.query());
    return new Request(ID, message.method(), target, query, fields, CLIENT, now, body);
  }

  @Override
  public Request unreadable(String id, Instant now) {
    RawTarget root = new RawTarget("/", "");
    return new Request(
        ID,
        message.method(),
        root,
        QueryParameters.NONE,
        Headers.NONE,
        CLIENT,
        now,
        RequestBody.EMPTY);
  }

  @Override
  public boolean isWatched() {
    return true;
  }

  @Override
  public void hold(Ticket held) {
    ticket = held;
  }

  @Override
  public long send(Request request, Response response, Instant now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Headers.Builder headers = Headers.builder();
    response.headers().all().forEach(field -> headers.add(field.name(), field.value()));
    boolean head = request.method().equals("HEAD");
    long length;
    switch (response.body()) {
      case ResponseBody.Bytes whole -> {
        length = whole.bytes().length;
        if (!head) {
          bytes.writeBytes(whole.bytes());
        }
      }
      case ResponseBody.Streamed streamed -> {
        length = streamed.length();
        try {
          if (!head) {
            streamed.writer().writeTo(bytes);
          }
        } finally {
          streamed.end().run();
        }
      }
    }
    if (!response.headers().has("content-length")) {
      headers.add("content-length", Long.toString(length));
    }
    answer = new Answer(response.status(), headers.build(), bytes.toByteArray(), true);
    return bytes.size();
  }

  @Override
  public boolean isCommitted() {
    return answer != null;
  }

  @Override
  public void reset() {
    answer = null;
  }

  @Override
  public void endConnection() throws IOException {
    throw new IOException("the answer broke off");
  }

  @Override
  public void close() {
    if (ticket != null) {
      ticket.close();
    }
  }
}
