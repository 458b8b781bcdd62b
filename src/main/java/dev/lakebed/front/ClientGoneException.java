package dev.lakebed.front;

import java.io.IOException;

/** The client does not take the answer any more. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super(cause);
  }
}
