package dev.lakebed.ops;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * System properties between the launcher and the server, which share a process but no classes. They
 * are not for users.
 */
public final class LaunchSetting {
  /** What all names begin with. */
  public static final String PREFIX = "lakebed.launch.";

  /** Directory of the server's files, from the launcher script. */
  public static final String HOME = PREFIX + "home";

  /** Set when the application has said, or will say, how its start came out. */
  public static final String ANSWERED = PREFIX + "answered";

  /** Loggers are forgotten with their filter when nobody holds them. */
  private static final Logger LAST_WORD = Logger.getLogger("PayaraMicro");

  private LaunchSetting() {}

  /** From now on {@link #silenceContainer} happens as soon as the process is asked to end. */
  public static void silenceContainerAtEnd() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(LaunchSetting::silenceContainer, "lakebed-ending"));
  }

  /** On Payara Micro, keeps what it says while it ends from whoever reads our last line. */
  public static void silenceContainer() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFilter(record -> String.valueOf(record.getLoggerName()).startsWith("dev.lakebed"));
    }
    LAST_WORD.setFilter(record -> false);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /**
   * Whether the process was asked to end: then what fails in the middle of a start is no news, and
   * no advice is wanted. The JVM tells it only to who wants to add a shutdown hook.
   */
  public static boolean isEnding() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      return !Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException ending) {
      return true;
    }
  }
}
