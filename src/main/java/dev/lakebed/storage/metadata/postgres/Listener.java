package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.metadata.postgres.Binaries.FileTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Where a server takes connections: from this machine only. */
sealed interface Listener {
  /** Of {@code sun_path} in unix(7), without the closing NUL. */
  int LONGEST_PATH = 107;

  /** A socket that only we and the server's account reach, or a port if that is impossible. */
  static Listener at(Path home, Account account) throws IOException {
    InDirectory socket = new InDirectory(home.resolve("socket"));
    if (socket.path().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      return Loopback.onFreePort();
    }
    socket.prepare(account);
    return socket;
  }

  /** Options of the server, a name and a value each. */
  List<String> options();

  /** Connections of this kind in the server's access file, and the addresses they come from. */
  String access(String who);

  void aim(PGSimpleDataSource source);

  /** For the JDBC driver, without user and password. */
  String url();

  record InDirectory(Path directory) implements Listener {
    /** Only a part of the socket's name here. */
    private static final int PORT = 5432;

    private void prepare(Account account) throws IOException {
      // A socket of a killed server would keep the next one from starting if its number is in use.
      FileTree.delete(directory);
      Files.createDirectory(directory, DurableDirectory.OWNER_ONLY_DIRECTORY);
      account.own(directory);
    }

    Path path() {
      return directory.resolve(".s.PGSQL." + PORT);
    }

    @Override
    public List<String> options() {
      return List.of(
          "listen_addresses=",
          "unix_socket_directories=" + quoted(directory),
          "unix_socket_permissions=0700",
          "port=" + PORT);
    }

    /** It is a list of directories (runtime-config-connection, unix_socket_directories). */
    private static String quoted(Path directory) {
      return '"' + directory.toString().replace("\"", "\"\"") + '"';
    }

    @Override
    public String access(String who) {
      return "local " + who;
    }

    @Override
    public void aim(PGSimpleDataSource source) {
      source.setServerNames(new String[] {"localhost"});
      source.setPortNumbers(new int[] {PORT});
      source.setSocketFactory(UnixSocketFactory.class.getName());
      source.setSocketFactoryArg(path().toString());
    }

    @Override
    public String url() {
      return "jdbc:postgresql://localhost/%s?socketFactory=%s&socketFactoryArg=%s"
          .formatted(
              DatabaseRole.DATABASE,
              UnixSocketFactory.class.getName(),
              URLEncoder.encode(path().toString(), StandardCharsets.UTF_8));
    }
  }

  record Loopback(int port) implements Listener {
    private static final String ADDRESS = "127.0.0.1";

    private static Loopback onFreePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return new Loopback(socket.getLocalPort());
      }
    }

    @Override
    public List<String> options() {
      return List.of("listen_addresses=" + ADDRESS, "unix_socket_directories=", "port=" + port);
    }

    @Override
    public String access(String who) {
      return "host " + who + " " + ADDRESS + "/32";
    }

    @Override
    public void aim(PGSimpleDataSource source) {
      source.setServerNames(new String[] {ADDRESS});
      source.setPortNumbers(new int[] {port});
    }

    @Override
    public String url() {
      return "jdbc:postgresql://%s:%d/%s".formatted(ADDRESS, port, DatabaseRole.DATABASE);
    }
  }
}
