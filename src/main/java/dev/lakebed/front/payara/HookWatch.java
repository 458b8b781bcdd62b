package dev.lakebed.front.payara;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.task.PeriodicTimer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Keeps the hook on every listener, also on one that opens or is configured anew after deployment.
 */
public final class HookWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HookWatch.class.getName());

  /** Refused networks get fifty requests a second together, for each processor. */
  private static final int AT_A_TURN = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final PeriodicTimer timer = new PeriodicTimer("lakebed-hook");
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

  /** Installs the hook now and watches for new listeners, if the server is Payara. */
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
    watch.timer.every(Duration.ofMillis(100), "The watch over the listeners", watch::check);
    watch.timer.every(
        Duration.ofMillis(10),
        "The line of refused clients",
        () -> watch.tarpit.release(AT_A_TURN));
    return watch;
  }

  /** Whether a request must carry the hook's header; one without it came before the hook. */
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
    timer.close();
    hook.end();
  }
}
