package dev.lakebed.task;

/**
 * Work of a timer, which the log calls {@code what}. A failure of one turn is logged and does not
 * stop the turns after it.
 */
public record Repeated(String what, Runnable work) implements Runnable {
  private static final System.Logger LOG = System.getLogger(Repeated.class.getName());

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
