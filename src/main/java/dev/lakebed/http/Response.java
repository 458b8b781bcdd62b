package dev.lakebed.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One answer. The edge adds {@code Date}, the request id headers and {@code Content-Length}.
 *
 * @param status HTTP status
 * @param headers header fields, order kept
 * @param body the body; for HEAD only its length is sent
 */
public record Response(int status, Headers headers, ResponseBody body) {
  public Response with(Headers more) {
    if (more.all().isEmpty()) {
      return this;
    }
    return new Response(status, Headers.builder().addAll(headers).addAll(more).build(), body);
  }

  public static Response of(int status) {
    return new Response(status, Headers.NONE, ResponseBody.NONE);
  }

  public sealed interface ResponseBody {
    ResponseBody NONE = new Bytes(new byte[0]);

    /** A small body in memory. The bytes are not copied: the caller gives them away. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements ResponseBody {}

    /**
     * A body written as it is produced.
     *
     * @param length exact number of bytes, or -1 when unknown (sent chunked)
     * @param writer writes exactly that many bytes; an exception after the first byte closes the
     *     connection, so that a client never takes a cut body for a whole one
     * @param end called once the body was written, or is not going to be
     */
    record Streamed(long length, Writer writer, Runnable end) implements ResponseBody {}

    @FunctionalInterface
    interface Writer {
      void writeTo(OutputStream out) throws IOException;
    }
  }
}
