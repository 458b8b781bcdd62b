package dev.lakebed.front.payara;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.task.PeriodicTimer.Repeated;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the hook on every listener, also on one that opens or is configured anew after deployment.
 */
public final class HookWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HookWatch.class.getName());
  private static final int PERIOD_MILLIS = 100;
  private static final int TURN_MILLIS = 10;

  /** Refused networks get fifty requests a second together, for each processor. */
  private static final int AT_A_TURN = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lakebed-hook").unstarted(task));
  private final GrizzlyHook hook;
  private final Deadlines deadlines;
  private final Tarpit tarpit;
  private final boolean supported;
  private final Opening opening;

  private HookWatch(
      GrizzlyHook hook, Deadlines deadlines, Tarpit tarpit, boolean supported, Opening opening) {
    this.hook = hook;
    this.deadlines = deadlines;
    this.tarpit = tarpit;
    this.supported = supported;
    this.opening = opening;
  }

  /**
   * Installs the hook now and watches for new listeners, if the server is Payara.
   *
   * @param shares what each client may have
   * @param opening who is told when listeners take connections through the hook, or cannot
   */
  @SuppressWarnings("FutureReturnValueIgnored") // check() reports its own failures
  public static HookWatch start(ConnectionShares shares, Opening opening) {
    Deadlines deadlines = new Deadlines(System::nanoTime);
    GrizzlyHook hook = new GrizzlyHook(shares, deadlines);
    try {
      hook.install();
    } catch (ReflectiveOperationException | LinkageError | RuntimeException notPayara) {
      LOG.log(
          Level.WARNING,
          "The server is not the Payara that Lakebed knows ({0}): keys with a backslash, NUL,"
              + " invalid escapes or dot segments are refused by the server itself",
          notPayara.toString());
      opening.unknown();
      return new HookWatch(hook, deadlines, shares.tarpit(), false, opening);
    }
    HookWatch watch = new HookWatch(hook, deadlines, shares.tarpit(), true, opening);
    watch.timer.scheduleWithFixedDelay(
        new Repeated("The watch over the listeners", watch::check),
        PERIOD_MILLIS,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
    watch.timer.scheduleWithFixedDelay(
        new Repeated("The line of refused clients", () -> watch.tarpit.release(AT_A_TURN)),
        TURN_MILLIS,
        TURN_MILLIS,
        TimeUnit.MILLISECONDS);
    return watch;
  }

  /**
   * Whether requests must carry the hook's header. A request without it came in before the hook was
   * on its listener and has to be tried again.
   */
  public boolean required() {
    return supported;
  }

  /** Where clients wait that were refused again and again. */
  public Tarpit tarpit() {
    return tarpit;
  }

  private void check() {
    try {
      opening.look(hook.install());
      deadlines.sweep();
    } catch (ReflectiveOperationException | RuntimeException failure) {
      LOG.log(Level.ERROR, "The hook cannot be put on the listeners", failure);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    hook.end();
  }
}
