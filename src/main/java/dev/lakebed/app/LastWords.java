package dev.lakebed.app;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of a stop. When the process ends Java takes the handlers from the loggers, at once: so
 * they are kept from the start.
 */
final class LastWords {
  private final List<Handler> handlers = List.of(Logger.getLogger("").getHandlers());

  /** The server has stopped, and everything is closed. */
  void stopped() {
    publish(new LogRecord(Level.INFO, "Stopped"));
  }

  /** Something is not closed as it should be. */
  void failed(Throwable failure) {
    LogRecord words = new LogRecord(Level.SEVERE, "A part of the server did not stop");
    words.setThrown(failure);
    publish(words);
  }

  private void publish(LogRecord words) {
    words.setLoggerName("dev.lakebed.stop");
    handlers.forEach(handler -> handler.publish(words));
  }
}
