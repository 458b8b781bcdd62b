package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import dev.lakebed.storage.metadata.postgres.UnixSocketFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;

/**
 * Puts users, each with an access key and an inline policy, straight into the database of a running
 * server, as the IAM API would have stored them. By the API a hundred thousand would take minutes,
 * because its changes run one after the other.
 */
final class LoadedUsers {
  private static final int PORT_LINE = 3;
  private static final int SOCKET_LINE = 4;
  private static final int CHUNK = 10_000;

  private final String url;
  private final String password;
  private final SecretSeal seal;

  /** Finds the embedded database of a data directory, and the key that seals secrets there. */
  LoadedUsers(Path data) throws IOException {
    Path postgres = data.resolve("postgres");
    this.url = url(Files.readAllLines(postgres.resolve("data/postmaster.pid")));
    this.password = Files.readString(postgres.resolve("server.password")).strip();
    this.seal = new SecretSeal(new StoreKeys(data.resolve("keys"))::all);
  }

  /** A server that listens on a socket only names its directory, one on loopback does not. */
  private static String url(List<String> pidFile) {
    String port = pidFile.get(PORT_LINE).strip();
    String directory = pidFile.get(SOCKET_LINE).strip();
    return directory.isEmpty()
        ? "jdbc:postgresql://127.0.0.1:" + port + "/postgres"
        : "jdbc:postgresql://localhost/postgres?socketFactory=%s&socketFactoryArg=%s"
            .formatted(
                UnixSocketFactory.class.getName(),
                URLEncoder.encode(directory + "/.s.PGSQL." + port, UTF_8));
  }

  /** Stores the users numbered from {@code first} to before {@code end}, and says so to servers. */
  void store(UserSet users, int first, int end) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection(url, "lakebed_server", password);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("update iam_change set number = number + 1");
      for (int from = first; from < end; from += CHUNK) {
        int to = Math.min(end, from + CHUNK);
        copy(connection, "iam_entity", from, to, i -> entity(users, i));
        copy(connection, "iam_inline_policy", from, to, i -> policy(users, i));
        copy(connection, "iam_access_key", from, to, i -> key(users, i));
      }
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("vacuum analyze");
    }
  }

  private static void copy(
      Connection connection, String table, int from, int to, IntFunction<String> row)
      throws IOException, SQLException {
    StringBuilder rows = new StringBuilder();
    for (int i = from; i < to; i++) {
      rows.append(row.apply(i)).append('\n');
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy " + table + " from stdin",
            new ByteArrayInputStream(rows.toString().getBytes(UTF_8)));
  }

  private static String entity(UserSet users, int index) {
    String name = users.name(index);
    return String.join(
        "\t",
        id(index),
        UserSet.ACCOUNT,
        "USER",
        name,
        name,
        "/",
        "0",
        "0",
        "",
        "",
        "\\N",
        "",
        "0",
        "0",
        "0");
  }

  private static String policy(UserSet users, int index) {
    return String.join("\t", id(index), "home", users.policy(index));
  }

  private String key(UserSet users, int index) {
    Keys keys = users.keys(index);
    byte[] sealed = seal.seal(keys.access(), new SecretText(keys.secret()));
    String hex = "\\\\x" + HexFormat.of().formatHex(sealed);
    return String.join("\t", keys.access(), id(index), hex, "t", "0");
  }

  private static String id(int index) {
    return "AIDABENCH%012d".formatted(index);
  }
}
