package dev.lakebed.metadata.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.metadata.DatabaseSettings;
import dev.lakebed.metadata.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue 3, "Must show" 8: 100,000 users in the database change nothing for a look-up. PostgreSQL
 * counts, in the transaction itself, how many rows were read by going through a whole table.
 */
class LookUpTest {
  private static final int USERS = 100_000;
  private static final String ACCOUNT = "111122223333";
  private static final Seal OPEN =
      new Seal() {
        @Override
        public byte[] seal(String accessKeyId, SecretText secret) {
          return secret.reveal().getBytes(UTF_8);
        }

        @Override
        public Optional<SecretText> open(String accessKeyId, byte[] sealed) {
          return Optional.of(new SecretText(new String(sealed, UTF_8)));
        }

        @Override
        public Optional<byte[]> renew(String accessKeyId, byte[] sealed) {
          return Optional.empty();
        }
      };

  @TempDir static Path directory;
  private static MetadataStore store;

  @BeforeAll
  static void fill() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    store = MetadataStore.open(new DatabaseSettings.Embedded(directory.resolve("database")));
    store
        .database()
        .onConnection(
            connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute(
                    "insert into iam_entity select 'AIDA' || n, '%s', 'USER', 'u' || n, 'u' || n,"
                            .formatted(ACCOUNT)
                        + " '/', 0, 0, '', '', null, '', 0, 0, 0 from generate_series(1, "
                        + USERS
                        + ") n");
                statement.execute(
                    "insert into iam_access_key select 'AKIAABCDEFGH' || n, 'AIDA' || n, 'x', true,"
                        + " 0 from generate_series(1, "
                        + USERS
                        + ") n");
                statement.execute(
                    "insert into iam_attachment select 'AIDA' || n, 'arn' || n % 10"
                        + " from generate_series(1, "
                        + USERS
                        + ") n");
              }
              return true;
            });
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void principal_and_first_page_are_read_without_going_through_a_table() {
    long read =
        store
            .database()
            .inTransaction(
                manager -> {
                  IamTransaction stored = new IamTransaction(manager, OPEN);
                  StoredKey key = stored.keys().find("AKIAABCDEFGH77777").orElseThrow();
                  Entity user = stored.entities().byId(key.userId()).orElseThrow();
                  assertThat(user.name()).isEqualTo("u77777");
                  assertThat(stored.attachments().of(user.id())).containsExactly("arn7");
                  assertThat(stored.inline().of(user.id())).isEmpty();
                  assertThat(stored.members().containers(user.id())).isEmpty();
                  assertThat(stored.keys().of(user.id())).hasSize(1);
                  assertThat(stored.uses().of(user.id())).isEmpty();
                  assertThat(stored.logins().find(user.id())).isEmpty();
                  assertThat(stored.entities().find(ACCOUNT, Kind.USER, "U5")).isPresent();
                  assertThat(stored.entities().list(ACCOUNT, Kind.USER, "/", "u5", 100))
                      .hasSize(100);
                  assertThat(stored.entities().boundedBy("arn1")).isEmpty();
                  return Sql.number(
                      manager,
                      "select sum(seq_tup_read) from pg_stat_xact_user_tables"
                          + " where relname like 'iam%'");
                });
    assertThat(read).isZero();
  }
}
