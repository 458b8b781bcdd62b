package dev.lakebed.ops;

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

  /** Set when somebody has asked the process to end. */
  private static final String ENDING = PREFIX + "ending";

  private LaunchSetting() {}

  /** From now on the launcher notes when the process is asked to end. */
  public static void noteEnd() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> System.setProperty(ENDING, "true"), "lakebed-ending"));
  }

  /**
   * Whether the process was asked to end: then what fails in the middle of a start is no news, and
   * no advice is wanted.
   */
  public static boolean isEnding() {
    return System.getProperty(ENDING) != null;
  }
}
