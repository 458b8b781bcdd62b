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
}
