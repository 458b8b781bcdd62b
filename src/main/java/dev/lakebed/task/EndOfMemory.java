package dev.lakebed.task;

import org.jspecify.annotations.Nullable;

/**
 * Ends the process when memory has run out: threads may be gone and locks held, and a server of
 * which half still answers is worse than one that starts again. What was acknowledged is on disk.
 */
public final class EndOfMemory {
  public static final int EXIT_CODE = 4;

  private static final String LAST_LINE =
      "lakebed: out of memory, the process ends; nothing that was acknowledged is lost, start it"
          + " again, with a larger heap (-Xmx) if this comes back\n";

  /** A cause in a circle must not hold the end up. */
  private static final int MOST_CAUSES = 16;

  private EndOfMemory() {}

  /** Also for threads that nobody else watches. */
  public static void watchThreads() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfOutOf(failure);
          if (before != null) {
            before.uncaughtException(thread, failure);
          } else {
            System.getLogger(EndOfMemory.class.getName())
                .log(System.Logger.Level.ERROR, "Thread " + thread.getName() + " ended", failure);
          }
        });
  }

  /** Ends the process if that failure comes from a lack of memory. */
  @SuppressWarnings("SystemOut") // the logger would want memory
  public static void endIfOutOf(Throwable failure) {
    if (isOutOf(failure)) {
      System.err.print(LAST_LINE);
      System.err.flush();
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  static boolean isOutOf(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
