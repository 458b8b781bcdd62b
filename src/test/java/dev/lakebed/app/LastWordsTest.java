package dev.lakebed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.app.Server.LastWords;
import dev.lakebed.support.CapturedLog;
import java.io.IOException;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Java takes the handlers from the loggers when a process begins to end. */
class LastWordsTest {
  @Test
  void stop_is_told_although_the_loggers_have_no_handlers_any_more() {
    Logger root = Logger.getLogger("");
    Handler[] before = root.getHandlers();
    try (CapturedLog log = new CapturedLog("")) {
      LastWords words = new LastWords();
      for (Handler handler : root.getHandlers()) {
        root.removeHandler(handler);
      }
      words.failed(new IOException("disk"));
      words.stopped();
      assertThat(log.lines())
          .containsExactly("SEVERE A part of the server did not stop", "INFO Stopped");
    } finally {
      for (Handler handler : before) {
        root.removeHandler(handler);
        root.addHandler(handler);
      }
    }
  }
}
