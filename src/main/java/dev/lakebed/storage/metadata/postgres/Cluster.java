package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.metadata.postgres.Binaries.FileTree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The server's data directory.
 *
 * <p>It is made under another name, synced, renamed, and the name synced, before a server runs on
 * it. So a directory with the other name holds nothing that anybody was promised, unless a server
 * has run on it: then the rename was lost, and it is the only copy.
 */
record Cluster(Path data) {
  /** Made by {@code initdb}; cannot log in. */
  static final String SUPERUSER = "lakebed";

  private static final System.Logger LOG = System.getLogger(Cluster.class.getName());
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(5);
  private static final String DATA = "data";
  private static final String CREATING = "data.creating";

  /** What {@link #CREATING} was called when the rename was not synced. */
  private static final String EARLIER = "data.new";

  /** Opens the cluster under {@code home}, creating it first if there is none. */
  static Cluster open(DurableDirectory home, Binaries binaries, Account account)
      throws IOException {
    Path data = home.resolve(DATA);
    if (!Files.exists(data)) {
      adopt(home, CREATING);
      adopt(home, EARLIER);
    }
    if (Files.exists(data)) {
      // A server that was killed may have renamed it and not come to its sync.
      home.sync();
      checkVersion(data, binaries);
    } else {
      Path earlier = home.resolve(EARLIER);
      if (Files.exists(earlier)) {
        throw new IOException(
            earlier
                + " was left by the first start of an earlier Lakebed; remove it if this store"
                + " never held anything");
      }
      create(home, binaries, account);
    }
    return new Cluster(data);
  }

  static Path in(Path home) {
    return home.resolve(DATA);
  }

  /** Every server that starts writes {@code postmaster.opts} and leaves it. */
  private static void adopt(DurableDirectory home, String name) throws IOException {
    Path found = home.resolve(name);
    if (Files.exists(found.resolve("postmaster.opts")) && !Files.exists(home.resolve(DATA))) {
      LOG.log(Level.WARNING, "{0} is the database; its rename was lost in a crash", found);
      home.rename(name, DATA);
    }
  }

  private static void create(DurableDirectory home, Binaries binaries, Account account)
      throws IOException {
    DatabaseRole.forget(home);
    Path fresh = home.resolve(CREATING);
    FileTree.delete(fresh);
    Files.createDirectory(fresh, DurableDirectory.OWNER_ONLY_DIRECTORY);
    account.own(fresh);
    Command.run(
        Command.prepare(
            home.path(),
            account.prefix(),
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + fresh,
                "--username=" + SUPERUSER,
                "--auth=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--sync-method=syncfs",
                "--no-instructions")),
        INITDB_LIMIT);
    home.rename(CREATING, DATA);
  }

  private static void checkVersion(Path data, Binaries binaries) throws IOException {
    String written = Files.readString(data.resolve("PG_VERSION")).strip();
    String ours = binaries.majorVersion();
    if (!written.equals(ours)) {
      throw new IOException(
          "%s was written by PostgreSQL %s and this Lakebed brings PostgreSQL %s; run pg_upgrade"
                  .formatted(data, written, ours)
              + " or restore a dump");
    }
  }
}
