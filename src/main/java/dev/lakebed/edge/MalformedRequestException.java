package dev.lakebed.edge;

/** The framing or the head of a request cannot be trusted; the connection is closed after it. */
final class MalformedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String message) {
    super(message);
  }
}
