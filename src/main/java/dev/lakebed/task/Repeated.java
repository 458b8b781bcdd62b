package dev.lakebed.task;

/** Work of a timer. A failure of one turn is logged and does not stop the turns after it. */
public final class Repeated implements Runnable {
  private static final System.Logger LOG = System.getLogger(Repeated.class.getName());

  private final String what;
  private final Runnable work;

  /** {@code what} names the work in the log. */
  public Repeated(String what, Runnable work) {
    this.what = what;
    this.work = work;
  }

  @Override
  public void run() {
    try {
      work.run();
    } catch (RuntimeException | Error failure) { // an Error, too, would stop the timer for good
      EndOfMemory.endIfOutOf(failure);
      LOG.log(System.Logger.Level.ERROR, what + " failed and is tried again", failure);
    }
  }
}
