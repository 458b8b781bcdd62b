package dev.lakebed.front;

import dev.lakebed.front.payara.GrizzlyHook;
import dev.lakebed.http.Headers.Header;
import dev.lakebed.http.Response;
import dev.lakebed.http.ResponseBody;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes an answer to the servlet response and commits it, so that JAX-RS leaves it alone. Content
 * types and other values pass through unchanged.
 */
final class ResponseWriter {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ResponseWriter() {}

  /**
   * Writes the answer.
   *
   * @param head whether the body is left out because the request was HEAD
   * @return body bytes written
   * @throws ClientGoneException when the client does not take it
   * @throws IOException when a streamed body cannot be produced; then some of it may be sent
   */
  static long write(
      Response response, String requestId, boolean head, Instant now, HttpServletResponse servlet)
      throws IOException {
    try {
      return send(response, requestId, head, now, servlet);
    } finally {
      if (response.body() instanceof ResponseBody.Streamed streamed) {
        streamed.end().run();
      }
    }
  }

  private static long send(
      Response response, String requestId, boolean head, Instant now, HttpServletResponse servlet)
      throws IOException {
    OutputStream out = new ClientOutput(servlet.getOutputStream(), System::nanoTime);
    servlet.setStatus(response.status());
    servlet.setHeader("Date", HTTP_DATE.format(now));
    servlet.setHeader(GrizzlyHook.REQUEST_ID, requestId);
    servlet.setHeader("x-amz-id-2", requestId);
    for (Header header : response.headers().all()) {
      servlet.addHeader(header.name(), header.value());
    }
    long written = 0;
    switch (response.body()) {
      case ResponseBody.Bytes bytes -> {
        boolean hasLength = response.headers().has("content-length");
        if (!hasLength && !isBodiless(response.status())) {
          servlet.setContentLengthLong(bytes.bytes().length);
        }
        if (!head && bytes.bytes().length > 0) {
          out.write(bytes.bytes());
          written = bytes.bytes().length;
        }
      }
      case ResponseBody.Streamed streamed -> {
        if (streamed.length() >= 0) {
          servlet.setContentLengthLong(streamed.length());
        }
        if (!head) {
          streamed.writer().writeTo(out);
          written = Math.max(0, streamed.length());
        }
      }
    }
    out.flush();
    return written;
  }

  private static boolean isBodiless(int status) {
    return status == 204 || status == 304;
  }
}
