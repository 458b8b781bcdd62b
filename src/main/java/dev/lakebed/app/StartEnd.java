package dev.lakebed.app;

import dev.lakebed.ops.LaunchSetting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * What happens when the server cannot start. On Payara Micro the process is ours: it says why in
 * plain sentences and ends with the exit code. On a server that holds other applications too only
 * the deployment fails.
 */
final class StartEnd {
  private static final Logger LOG = System.getLogger("dev.lakebed.start");
  private static final long GRACE_MILLIS = 5_000;

  private StartEnd() {}

  @SuppressWarnings("SystemOut")
  static StartFailure failed(StartFailure failure) {
    if (LaunchSetting.isEnding()) {
      System.setProperty(LaunchSetting.ANSWERED, "true");
    } else if (Container.isPayaraMicro()) {
      LaunchSetting.silenceContainer();
      System.setProperty(LaunchSetting.ANSWERED, "true");
      failure.sentences().forEach(sentence -> System.err.println("lakebed: " + sentence));
      end(failure.exitCode());
    } else {
      failure.sentences().forEach(sentence -> LOG.log(Level.ERROR, sentence));
    }
    return failure;
  }

  /** For what nobody has foreseen: the log has to tell where it happened. */
  static StartFailure failed(Throwable unforeseen) {
    if (!LaunchSetting.isEnding()) {
      LOG.log(Level.ERROR, "The server cannot start", unforeseen);
    }
    return failed(
        new StartFailure(
            StartFailure.CANNOT_START, List.of("The server cannot start: " + unforeseen)));
  }

  /** Shutdown hooks of the half-started server must not keep the process. */
  private static void end(int exitCode) {
    Thread.ofPlatform()
        .daemon()
        .name("lakebed-end")
        .start(
            () -> {
              try {
                Thread.sleep(GRACE_MILLIS);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(exitCode);
            });
    Thread.ofPlatform().name("lakebed-exit").start(() -> System.exit(exitCode));
  }

  /** The server cannot start; the messages are sentences for the operator. */
  static final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code for settings or configuration that cannot be used. */
    static final int UNUSABLE_CONFIGURATION = 2;

    /** Exit code when the server cannot run here: directory, database, volume. */
    static final int CANNOT_START = 3;

    private final int exitCode;
    private final transient List<String> sentences;

    StartFailure(int exitCode, List<String> sentences) {
      super(String.join("; ", sentences));
      this.exitCode = exitCode;
      this.sentences = List.copyOf(sentences);
    }

    int exitCode() {
      return exitCode;
    }

    List<String> sentences() {
      return sentences;
    }
  }

  /** The server around us. */
  static final class Container {
    private static final String MICRO = "fish.payara.micro.PayaraMicroRuntime";

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
  }
}
