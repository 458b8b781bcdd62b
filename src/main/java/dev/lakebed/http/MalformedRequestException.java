package dev.lakebed.http;

/** The framing or the head of a request cannot be trusted; the connection is closed after it. */
public final class MalformedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, without repeating what was sent. */
  public MalformedRequestException(String message) {
    super(message);
  }
}
