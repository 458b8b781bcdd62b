package dev.lakebed.iam.session;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.Revocations;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import dev.lakebed.task.Outage;
import dev.lakebed.task.PeriodicTimer;
import java.time.Clock;
import java.time.Duration;

/**
 * Keeps the revocations of all nodes in memory. One made here counts from the next request on, one
 * made on another node within a second. While the database does not answer, what is known stays in
 * force.
 */
public final class RevocationWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RevocationWatch.class.getName());

  /** Single sessions of one account, each kept for 36 hours. */
  private static final int MOST_OF_ACCOUNT = 1000;

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Revocations revocations;
  private final Clock clock;
  private final Outage outage =
      new Outage(
          LOG,
          "ended sessions cannot be looked for",
          MetadataUnavailableException.class,
          System::nanoTime);
  private final PeriodicTimer timer = new PeriodicTimer("lakebed-revocations");
  private volatile EndedSessions ended = EndedSessions.NONE;

  /** Reads what is there; looks again only after {@link #start}. */
  public RevocationWatch(Revocations revocations, Clock clock) {
    this.revocations = revocations;
    this.clock = clock;
    reload();
  }

  public RevocationWatch start() {
    timer.every(INTERVAL, "The look for ended sessions", this::look);
    return this;
  }

  /**
   * Ends sessions, and says that it did: it does not when the account has ended too many one by
   * one. Nobody knows which of them there are, and all nodes keep all of them.
   */
  public boolean revoke(Revocation revocation, String by) {
    if (!ended.hasRoom(revocation, MOST_OF_ACCOUNT)) {
      return false;
    }
    revocations.add(revocation, by);
    reload();
    return true;
  }

  EndedSessions ended() {
    return ended;
  }

  private synchronized void reload() {
    ended = new EndedSessions(revocations.inForce(clock.instant()));
  }

  private void look() {
    try {
      reload();
      outage.worked();
    } catch (RuntimeException | LinkageError failed) {
      outage.failed(failed);
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
