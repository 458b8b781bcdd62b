package dev.lakebed.limit;

/** The server has no room for the request now; it may be tried again. */
public final class ServerBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServerBusyException(String message) {
    super(message);
  }
}
