package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The role that Lakebed works with: it owns its database and may do nothing else. The superuser
 * cannot log in; what needs one is done by a server without clients, in single-user mode.
 */
record DatabaseRole(String password) {
  static final String NAME = "lakebed_server";

  /** Also that of clusters made before there was the role. */
  static final String DATABASE = "postgres";

  private static final String FILE = "server.password";

  /**
   * Can be run again after any failure. It is one transaction; an empty line would end it early.
   * Tables made before there was the role are the superuser's and are handed over.
   */
  private static final String SET_UP =
      """
      DO $$
      DECLARE thing record;
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
          CREATE ROLE %1$s;
        END IF;
        FOR thing IN
          SELECT c.oid::regclass AS name FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT EXISTS (
              SELECT FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
        LOOP
          EXECUTE format('ALTER TABLE %%s OWNER TO %1$s', thing.name);
        END LOOP;
        FOR thing IN
          SELECT p.oid::regprocedure AS name FROM pg_proc p
          WHERE p.pronamespace = 'public'::regnamespace
        LOOP
          EXECUTE format('ALTER ROUTINE %%s OWNER TO %1$s', thing.name);
        END LOOP;
      END
      $$;
      ALTER DATABASE %2$s OWNER TO %1$s;
      ALTER ROLE %1$s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
        PASSWORD '%3$s';
      ALTER ROLE %4$s NOLOGIN PASSWORD NULL;

      """;

  /** The role of a cluster that no server uses; made if there is none yet. */
  static DatabaseRole of(DurableDirectory home, Path data, Binaries binaries, Account account)
      throws IOException {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      String password = randomPassword();
      SingleUser.run(
          binaries, account, data, SET_UP.formatted(NAME, DATABASE, password, Cluster.SUPERUSER));
      home.write(FILE, password.getBytes(StandardCharsets.US_ASCII));
      home.delete("password"); // the superuser's, of clusters made before there was the role
    }
    return new DatabaseRole(Files.readString(file).strip());
  }

  /** For a cluster that is about to be created: what is known of the role was another one's. */
  static void forget(DurableDirectory home) throws IOException {
    home.delete(FILE);
  }

  @Override
  public String toString() {
    return "Role[" + NAME + "]";
  }

  private static String randomPassword() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A server without clients, which is superuser by having the files. */
  static final class SingleUser {
    /** It may have to recover first, as in {@link Postmaster}. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private SingleUser() {}

    /**
     * Runs a script, which ends with an empty line and has no other, in one transaction. A failure
     * does not show the script.
     */
    static void run(Binaries binaries, Account account, Path data, String script)
        throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(binaries.program("postgres"), "--single", "-j", "-D", data.toString()));
      command.addAll(ServerOptions.arguments(List.of("exit_on_error=on")));
      command.add(DatabaseRole.DATABASE);
      Command.run(Command.prepare(data, account.prefix(), command), script, LIMIT);
    }
  }
}
