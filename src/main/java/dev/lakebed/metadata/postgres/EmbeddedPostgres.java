package dev.lakebed.metadata.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A PostgreSQL server of our own, reachable from this machine only, durable, restarted when it
 * dies, stopped on {@link #close} and when the JVM ends.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

  private final DirectoryLock lock;
  private final Cluster cluster;
  private final Supervisor supervisor;
  private final Thread shutdownHook;

  private EmbeddedPostgres(DirectoryLock lock, Cluster cluster, Supervisor supervisor) {
    this.lock = lock;
    this.cluster = cluster;
    this.supervisor = supervisor;
    this.shutdownHook = new Thread(this::stopQuietly, "postgres-shutdown");
  }

  /**
   * Starts the server, creating it first if {@code directory} is empty.
   *
   * @param directory where programs, data and password lie; created if absent
   * @throws IOException with a sentence for the operator when it cannot start
   */
  public static EmbeddedPostgres start(Path directory) throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    Files.createDirectories(home);
    // The server's account passes through; data and password have their own, narrower rights.
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    DirectoryLock lock = DirectoryLock.take(home);
    try {
      Account account = Account.choose(home, home.resolve("data"));
      Binaries binaries = Binaries.unpack(home);
      Cluster cluster = Cluster.open(home, binaries, account);
      Leftover.clear(binaries, cluster, account);
      Supervisor supervisor =
          Supervisor.start(() -> Postmaster.start(binaries, cluster, account, freePort()));
      EmbeddedPostgres server = new EmbeddedPostgres(lock, cluster, supervisor);
      Runtime.getRuntime().addShutdownHook(server.shutdownHook);
      return server;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Port on 127.0.0.1; changes when the server is restarted. */
  public int port() {
    return supervisor.current().port();
  }

  /** The superuser's name. */
  public String user() {
    return Cluster.USER;
  }

  /** The superuser's password. */
  public String password() {
    return cluster.password();
  }

  /** Process id of the running server; changes when it is restarted. */
  public long pid() {
    return supervisor.current().pid();
  }

  @Override
  public void close() throws IOException {
    removeHook();
    try {
      supervisor.close();
    } finally {
      lock.close();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the JVM is ending: {0}", e.getMessage());
    }
  }

  private void stopQuietly() {
    try {
      supervisor.close();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "cannot stop PostgreSQL", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
