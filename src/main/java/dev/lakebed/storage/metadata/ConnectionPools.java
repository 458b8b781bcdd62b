package dev.lakebed.storage.metadata;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections, kept apart by what their users wait for, so that none takes them all: for reads
 * and what is seldom, for transactions that wait for locks, for shared transactions.
 */
public record ConnectionPools(
    HikariDataSource general, HikariDataSource writers, HikariDataSource committers)
    implements AutoCloseable {
  /** One for each thread and the slow lane, and one for each that asks for an outcome. */
  public static final int COMMITTERS = 6;

  static final int WRITERS = 8;

  /** A connection is not kept waiting for a lock; who wants it tries again later. */
  private static final Duration WRITERS_WAIT = Duration.ofMillis(200);

  private static final Duration COMMITTERS_WAIT = Duration.ofMillis(500);

  /** More connections than this only queue inside the database. */
  public static final int MOST = 20;

  static final Duration BORROW_LIMIT = Duration.ofSeconds(5);

  private static final int CONNECT_SECONDS = 5;
  private static final int SOCKET_SECONDS = 40;

  /**
   * Limits on the server's side, shorter than the socket's. The planner settings make index order
   * win whatever the statistics say: every statement of ours has an index.
   */
  private static final String SERVER_OPTIONS =
      "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c"
          + " enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c"
          + " enable_sort=off -c plan_cache_mode=force_generic_plan -c jit=off -c"
          + " synchronous_commit=on";

  static ConnectionPools open(PGSimpleDataSource source) {
    return new ConnectionPools(
        pool(source),
        pool(source, "lakebed-writers", WRITERS, WRITERS_WAIT),
        pool(source, "lakebed-committers", COMMITTERS, COMMITTERS_WAIT));
  }

  @Override
  public void close() {
    committers.close();
    writers.close();
    general.close();
  }

  /** Connections without limits on time, for migrations. */
  static PGSimpleDataSource unlimited(DatabaseSettings.External settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    return login(source, settings.user(), settings.password());
  }

  static PGSimpleDataSource unlimited(EmbeddedPostgres server) {
    return login(server.source(), server.user(), server.password());
  }

  /** The pool for most things. Its connections are opened as they are needed. */
  static HikariDataSource pool(PGSimpleDataSource source) {
    HikariConfig config = config(source, "lakebed", MOST);
    config.setMinimumIdle(2);
    config.setInitializationFailTimeout(BORROW_LIMIT.toMillis());
    return new HikariDataSource(config);
  }

  static HikariDataSource pool(
      PGSimpleDataSource source, String name, int most, Duration lockTimeout) {
    HikariConfig config = config(source, name, most);
    config.setMinimumIdle(1);
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql("SET lock_timeout = " + lockTimeout.toMillis());
    return new HikariDataSource(config);
  }

  private static HikariConfig config(PGSimpleDataSource source, String name, int most) {
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setOptions(SERVER_OPTIONS);
    source.setPrepareThreshold(1);
    source.setReWriteBatchedInserts(true);
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(most);
    config.setConnectionTimeout(BORROW_LIMIT.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
    return config;
  }

  private static PGSimpleDataSource login(PGSimpleDataSource source, String user, String password) {
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("lakebed");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }
}
