package dev.lakebed.bench;

import java.io.IOException;
import java.util.Optional;

/**
 * Status line and headers of a reply.
 *
 * @param text the head as received, without the empty line at its end
 */
record ReplyHead(int status, String text) {

  /** Parses the head; an answer that is not HTTP/1 is an {@link IOException}. */
  static ReplyHead parse(String text) throws IOException {
    if (!text.startsWith("HTTP/1.") || text.length() < 12) {
      throw new IOException("not an HTTP/1 reply");
    }
    return new ReplyHead(Integer.parseInt(text, 9, 12, 10), text);
  }

  /** The value of the first header of this name, in whatever case it was sent. */
  Optional<String> header(String name) {
    for (int line = text.indexOf("\r\n"); line >= 0; line = text.indexOf("\r\n", line + 2)) {
      int start = line + 2;
      int colon = start + name.length();
      if (colon < text.length()
          && text.charAt(colon) == ':'
          && text.regionMatches(true, start, name, 0, name.length())) {
        int end = text.indexOf("\r\n", colon);
        return Optional.of(text.substring(colon + 1, end < 0 ? text.length() : end).trim());
      }
    }
    return Optional.empty();
  }

  /** The body length announced, or -1 when none is. */
  long contentLength() {
    return header("content-length").map(Long::parseLong).orElse(-1L);
  }

  boolean chunked() {
    return header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
  }

  boolean closes() {
    return header("connection").filter("close"::equalsIgnoreCase).isPresent();
  }

  /** Whether the body lasts until the connection ends (RFC 9112 6.3). */
  boolean endless() {
    return bodied() && !chunked() && contentLength() < 0;
  }

  boolean bodied() {
    return status() != 204 && status() != 304;
  }
}
