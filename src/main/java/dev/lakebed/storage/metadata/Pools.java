package dev.lakebed.storage.metadata;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections, kept apart by what their users wait for, so that none takes them all from the
 * others.
 *
 * @param general for reads, and for what is seldom
 * @param writers for transactions that wait for locks of keys, uploads, buckets and tables
 * @param committers for shared transactions
 */
record Pools(HikariDataSource general, HikariDataSource writers, HikariDataSource committers)
    implements AutoCloseable {
  static final int WRITERS = 8;

  /** A connection is not kept waiting for a lock; who wants it tries again later. */
  private static final Duration WRITERS_WAIT = Duration.ofMillis(200);

  private static final Duration COMMITTERS_WAIT = Duration.ofMillis(500);

  static Pools open(PGSimpleDataSource source) {
    return new Pools(
        Connections.pool(source),
        Connections.pool(source, "lakebed-writers", WRITERS, WRITERS_WAIT),
        Connections.pool(source, "lakebed-committers", Committer.CONNECTIONS, COMMITTERS_WAIT));
  }

  @Override
  public void close() {
    committers.close();
    writers.close();
    general.close();
  }
}
