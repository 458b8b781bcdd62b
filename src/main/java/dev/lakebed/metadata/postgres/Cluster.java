package dev.lakebed.metadata.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;

/**
 * The server's data directory and the password to it.
 *
 * @param data PostgreSQL's data directory
 * @param password of the only account
 */
record Cluster(Path data, String password) {
  /** The only account of the server. */
  static final String USER = "lakebed";

  private static final Duration INITDB_LIMIT = Duration.ofMinutes(5);

  /**
   * Opens the cluster under {@code directory}, creating it first if there is none. A cluster whose
   * creation was interrupted is begun anew.
   */
  static Cluster open(Path directory, Binaries binaries, Account account) throws IOException {
    Path data = directory.resolve("data");
    Path passwordFile = directory.resolve("password");
    if (Files.exists(data)) {
      checkVersion(data, binaries);
      return new Cluster(data, Files.readString(passwordFile).strip());
    }
    String password = randomPassword();
    writeSecret(passwordFile, password);
    Path fresh = directory.resolve("data.new");
    Trees.delete(fresh);
    Files.createDirectory(fresh);
    account.own(fresh);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
    Path initPassword = directory.resolve("password.initdb");
    writeSecret(initPassword, password);
    account.own(initPassword);
    try {
      Command.run(
          Command.prepare(
              directory,
              account.prefix(),
              List.of(
                  binaries.program("initdb"),
                  "--pgdata=" + fresh,
                  "--username=" + USER,
                  "--pwfile=" + initPassword,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--locale=C",
                  "--data-checksums",
                  "--sync-method=syncfs",
                  "--no-instructions")),
          INITDB_LIMIT);
    } finally {
      Files.delete(initPassword);
    }
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    return new Cluster(data, password);
  }

  @Override
  public String toString() {
    return "Cluster[" + data + "]";
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

  private static String randomPassword() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void writeSecret(Path file, String secret) throws IOException {
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
  }
}
