package dev.lakebed.boot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What happens when the server cannot start. On Payara Micro the process is ours: it says why in
 * plain sentences and ends with the exit code. On a server that holds other applications too only
 * the deployment fails.
 */
final class StartEnd {
  private static final Logger LOG = System.getLogger("dev.lakebed.start");
  private static final String MICRO = "fish.payara.micro.PayaraMicroRuntime";
  private static final long GRACE_MILLIS = 5_000;

  private StartEnd() {}

  @SuppressWarnings("SystemOut")
  static StartFailure failed(StartFailure failure) {
    failure.sentences().forEach(sentence -> LOG.log(Level.ERROR, sentence));
    if (isPayaraMicro()) {
      failure.sentences().forEach(sentence -> System.err.println("lakebed: " + sentence));
      end(failure.exitCode());
    }
    return failure;
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

  private static boolean isPayaraMicro() {
    try {
      Class.forName(MICRO, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException otherServer) {
      return false;
    }
  }
}
