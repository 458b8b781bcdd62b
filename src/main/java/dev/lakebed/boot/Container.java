package dev.lakebed.boot;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Logger;

/** The server around us. */
final class Container {
  private static final String MICRO = "fish.payara.micro.PayaraMicroRuntime";

  /** Loggers are forgotten with their filter when nobody holds them. */
  private static final Logger LAST_WORD = Logger.getLogger("PayaraMicro");

  private Container() {}

  /** Whether the process is ours: Payara Micro runs nothing but Lakebed. */
  static boolean isPayaraMicro() {
    try {
      Class.forName(MICRO, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException otherServer) {
      return false;
    }
  }

  /**
   * Keeps what Payara says while it ends from whoever reads our last line. Call it on Payara Micro
   * only.
   */
  static void silence() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFilter(record -> String.valueOf(record.getLoggerName()).startsWith("dev.lakebed"));
    }
    LAST_WORD.setFilter(record -> false);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
