package dev.lakebed.storage.metadata.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.iam.AccessKeys.StoredKey;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100,000 users in the database change nothing for a look-up. PostgreSQL counts, in the transaction
 * itself, how many rows were read from tables and by indexes.
 */
class LookUpTest {
  private static final int USERS = 100_000;

  /** A page of a hundred, and few for everything else. */
  private static final long MOST_ROWS = 200;

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
                    "insert into iam_entity select 'ANPA' || n, '%s', 'POLICY', 'P' || n, 'p' || n,"
                            .formatted(ACCOUNT)
                        + " '/', 0, 0, '', '', null, '', 0, 2, 2 from generate_series(1, "
                        + USERS
                        + ") n");
                statement.execute(
                    "insert into iam_policy_version select 'ANPA' || n, v, 'document ' || v, 0"
                        + " from generate_series(1, "
                        + USERS
                        + ") n, generate_series(1, 2) v");
                statement.execute(
                    "insert into iam_inline_policy select 'AIDA' || n, 'inline', 'document'"
                        + " from generate_series(1, "
                        + USERS
                        + ") n where n % 10 <> 7");
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
                  IamTransaction stored = IamTransaction.of(manager, OPEN);
                  StoredKey key = stored.keys().find("AKIAABCDEFGH77777").orElseThrow();
                  Entity user = stored.entities().byId(key.userId()).orElseThrow();
                  assertThat(user.name()).isEqualTo("u77777");
                  assertThat(stored.attachments().of(user.id())).containsExactly("arn7");
                  assertThat(stored.inline().of(user.id())).isEmpty();
                  assertThat(stored.attachments().of(List.of(user.id(), "AIDA78", "none")))
                      .isEqualTo(Map.of(user.id(), Set.of("arn7"), "AIDA78", Set.of("arn8")));
                  assertThat(stored.inline().of(List.of(user.id(), "AIDA78", "none")))
                      .isEqualTo(Map.of("AIDA78", Map.of("inline", "document")));
                  assertThat(stored.versions().inForce(ACCOUNT, Set.of("P5", "p77777", "none")))
                      .containsExactlyInAnyOrder(policy("P5"), policy("P77777"));
                  assertThat(stored.members().containers(user.id())).isEmpty();
                  assertThat(stored.keys().of(user.id())).hasSize(1);
                  assertThat(stored.uses().of(user.id())).isEmpty();
                  assertThat(stored.logins().find(user.id())).isEmpty();
                  assertThat(stored.entities().find(ACCOUNT, Kind.USER, "U5")).isPresent();
                  assertThat(stored.entities().list(ACCOUNT, Kind.USER, "/", "u5", 100))
                      .hasSize(100);
                  assertThat(stored.entities().boundedBy("arn1")).isEmpty();
                  List<LastUse> uses =
                      List.of(use("AKIA1", "s3", 1), use("AKIA1", "sts", 2), use("AKIA2", "s3", 3));
                  stored.uses().note(uses);
                  stored.uses().note(List.of(use("AKIA1", "s3", 0), use("AKIA2", "s3", 4)));
                  assertThat(stored.uses().of("AKIA1"))
                      .containsExactly(use("AKIA1", "sts", 2), use("AKIA1", "s3", 1));
                  assertThat(stored.uses().of("AKIA2")).containsExactly(use("AKIA2", "s3", 4));
                  return new Sql(manager)
                      .number(
                          "select sum(seq_tup_read) + sum(idx_tup_fetch) from"
                              + " pg_stat_xact_user_tables where relname like 'iam%'");
                });
    assertThat(read).isLessThan(MOST_ROWS);
  }

  private static PolicyVersions.InForce policy(String name) {
    return new PolicyVersions.InForce(
        "arn:aws:iam::" + ACCOUNT + ":policy/" + name, name, "document 2");
  }

  private static LastUse use(String id, String service, int millis) {
    return new LastUse(id, service, "us-east-1", Instant.ofEpochMilli(millis));
  }
}
