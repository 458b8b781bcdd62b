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

  private LaunchSetting() {}
}
