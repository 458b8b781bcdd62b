package dev.lakebed.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Payara Micro unpacks a WAR into a directory that it deletes when the JVM ends. It does so while
 * it stops the application, since shutdown hooks run side by side, and classes that only the stop
 * needs are gone by then. So the deletion waits here until the server is closed.
 */
final class DeletionAtExit implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DeletionAtExit.class.getName());
  private static final String OWNER = "com.sun.enterprise.util.io.FileUtils";
  private static final String HOOK = "FILE_DELETION_ON_EXIT";

  /** A start that nobody closes must not keep the process. */
  private static final int LIMIT_SECONDS = 30;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread deletion;
  private final Thread later = new Thread(this::delete, "lakebed-deletion");

  private DeletionAtExit(Thread deletion) {
    this.deletion = deletion;
  }

  /** Empty when nothing is deleted, or the JVM ends already. */
  static Optional<DeletionAtExit> held() {
    if (!StartEnd.isPayaraMicro()) {
      return Optional.empty();
    }
    try {
      Field hook = Class.forName(OWNER).getDeclaredField(HOOK);
      hook.setAccessible(true);
      DeletionAtExit held = new DeletionAtExit((Thread) hook.get(null));
      return replaced(held.deletion, held.later) ? Optional.of(held) : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException other) {
      LOG.log(
          Level.WARNING,
          "The server is not the Payara Micro that Lakebed knows ({0}):"
              + " it may delete the application before that has stopped",
          other.toString());
      return Optional.empty();
    }
  }

  /** The deletion goes on, or is the server's own matter again when only the application ends. */
  @Override
  public void close() {
    closed.countDown();
    replaced(later, deletion);
  }

  private static boolean replaced(Thread hook, Thread by) {
    try {
      if (Runtime.getRuntime().removeShutdownHook(hook)) {
        Runtime.getRuntime().addShutdownHook(by);
        return true;
      }
    } catch (IllegalStateException ending) {
      LOG.log(Level.DEBUG, "the JVM is ending: {0}", ending.getMessage());
    }
    return false;
  }

  private void delete() {
    try {
      if (!closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.DEBUG, "the server was not closed");
      }
      deletion.start();
      deletion.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
