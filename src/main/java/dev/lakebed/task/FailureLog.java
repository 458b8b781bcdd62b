package dev.lakebed.task;

import dev.lakebed.http.LogText;
import dev.lakebed.limit.ClientRate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Logs what failed and should not have: with its stack trace once in a while, in one line
 * otherwise. Who can make the same thing fail again and again must not fill the disk with it.
 */
public final class FailureLog {
  private static final double LINES_PER_SECOND = 1;
  private static final double TRACES_PER_SECOND = 0.1;
  private static final String OURS = "dev.lakebed.";

  private final System.Logger log;
  private final ClientRate lines;
  private final ClientRate traces;

  public FailureLog(System.Logger log, LongSupplier nanos) {
    this.log = log;
    this.lines = new ClientRate(LINES_PER_SECOND, nanos);
    this.traces = new ClientRate(TRACES_PER_SECOND, nanos);
  }

  /** {@code what} failed, in words, such as {@code request 4F… failed}. */
  public void add(String what, Throwable failure) {
    String place = place(failure);
    if (traces.permit(place) >= 0) {
      log.log(System.Logger.Level.ERROR, what, failure);
      return;
    }
    long leftOut = lines.permit(place);
    if (leftOut >= 0) {
      log.log(
          System.Logger.Level.ERROR,
          "%s as before: %s, %s%s"
              .formatted(
                  what,
                  LogText.of(failure.toString()),
                  place,
                  leftOut == 0 ? "" : " (and " + leftOut + " more before)"));
    }
  }

  /** What failures of the same kind have in common: what went wrong first, and where. */
  private static String place(Throwable failure) {
    Throwable first =
        Stream.iterate(failure, Throwable::getCause)
            .takeWhile(cause -> cause != null)
            .limit(16) // a cause may lead back to itself
            .reduce(failure, (outer, cause) -> cause);
    StackTraceElement[] frames = first.getStackTrace();
    Optional<StackTraceElement> frame =
        Arrays.stream(frames)
            .filter(one -> one.getClassName().startsWith(OURS))
            .findFirst()
            .or(() -> Arrays.stream(frames).findFirst());
    return first.getClass().getName() + frame.map(at -> " at " + at).orElse("");
  }
}
