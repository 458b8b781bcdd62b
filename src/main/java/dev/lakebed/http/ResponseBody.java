package dev.lakebed.http;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer. */
public sealed interface ResponseBody {
  /** No body. */
  ResponseBody NONE = new Bytes(new byte[0]);

  /**
   * A small body in memory.
   *
   * @param bytes not copied; the caller gives it away
   */
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

  /** Produces a streamed body. */
  @FunctionalInterface
  interface Writer {
    /** Writes the whole body. */
    void writeTo(OutputStream out) throws IOException;
  }
}
