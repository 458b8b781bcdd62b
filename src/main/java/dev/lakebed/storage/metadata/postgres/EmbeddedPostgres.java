package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.metadata.postgres.Postmaster.AccessFile;
import dev.lakebed.storage.metadata.postgres.Supervisor.Starter;
import dev.lakebed.storage.metadata.postgres.Supervisor.StopAtExit;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of our own, reachable from this machine only, durable, restarted when it
 * dies, stopped on {@link #close} and when the JVM ends.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private final Closeable lock;
  private final DatabaseRole role;
  private final Supervisor supervisor;
  private final StopAtExit atExit;

  private EmbeddedPostgres(
      Closeable lock, DatabaseRole role, Supervisor supervisor, StopAtExit atExit) {
    this.lock = lock;
    this.role = role;
    this.supervisor = supervisor;
    this.atExit = atExit;
  }

  /**
   * Starts the server, creating it first if {@code directory} is empty or absent. An exception's
   * message is for the operator.
   */
  public static EmbeddedPostgres start(Path directory) throws IOException {
    DurableDirectory home = DurableDirectory.create(directory);
    Closeable lock =
        DurableDirectory.tryLock(home.resolve("lock"))
            .orElseThrow(() -> new IOException("another Lakebed uses " + home.path()));
    try {
      Account account = Account.choose(home.path(), Cluster.in(home.path()));
      Binaries binaries = Binaries.unpack(home);
      Cluster cluster = Cluster.open(home, binaries, account);
      ServerStop.clearLeftover(binaries, cluster.data(), account);
      DatabaseRole role = DatabaseRole.of(home, cluster.data(), binaries, account);
      AccessFile access = new AccessFile(home, account);
      StopAtExit atExit = StopAtExit.beforeStart();
      Starter<Postmaster> server =
          () ->
              Postmaster.start(
                  binaries, cluster, account, Listener.at(home.path(), account), access);
      Supervisor supervisor = atExit.started(() -> Supervisor.start(server));
      return new EmbeddedPostgres(lock, role, supervisor, atExit);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Connects to the server, also after it was restarted, as {@link #user}. */
  public PGSimpleDataSource source() {
    PGSimpleDataSource source = new Source(supervisor);
    source.setUser(user());
    source.setPassword(password());
    return source;
  }

  /** JDBC URL for others on this machine; may change when the server is restarted. */
  public String url() {
    return supervisor.current().listener().url();
  }

  public String user() {
    return DatabaseRole.NAME;
  }

  public String password() {
    return role.password();
  }

  /** Process id of the running server; changes when it is restarted. */
  public long pid() {
    return supervisor.current().pid();
  }

  @Override
  public void close() throws IOException {
    try {
      supervisor.close();
    } finally {
      // Not before: the JVM may end as soon as nobody has it wait.
      atExit.cancel();
      lock.close();
    }
  }

  /** Follows the server to where its latest start listens. */
  private static final class Source extends PGSimpleDataSource {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Supervisor supervisor;

    Source(Supervisor supervisor) {
      this.supervisor = supervisor;
      setDatabaseName(DatabaseRole.DATABASE);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      supervisor.current().listener().aim(this);
      return super.getConnection(user, password);
    }
  }
}
