package dev.lakebed.sts.outbound;

import java.io.IOException;

/** An outbound request that was not made or whose answer cannot be used. */
public final class OutboundException extends IOException {
  private static final long serialVersionUID = 1L;

  OutboundException(String message) {
    super(message);
  }

  OutboundException(String message, Throwable cause) {
    super(message, cause);
  }
}
