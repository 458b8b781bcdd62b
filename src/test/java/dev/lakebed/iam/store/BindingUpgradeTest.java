package dev.lakebed.iam.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.iam.SessionKeys.StoreKeys;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.bucket.AccessRules.Face;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.storage.metadata.tables.JpaTables;
import dev.lakebed.storage.metadata.tables.Namespaces.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.TablePolicies.JpaTablePolicies;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database of a version that stored principals by ARN (docs/iam.md, "Whom a policy names"):
 * policies that are older than the rule.
 */
class BindingUpgradeTest {
  private static final String ACCOUNT = "000000000000";
  private static final String ALICE = "arn:aws:iam::" + ACCOUNT + ":user/alice";
  private static final String GONE = "arn:aws:iam::" + ACCOUNT + ":user/gone";
  private static final String IN_FILE = "arn:aws:iam::" + ACCOUNT + ":user/infile";
  private static final String ID = "AIDAAAAAAAAAAAAAALICE";

  @TempDir Path directory;
  private MetadataStore metadata;
  private IamStore store;
  private IamSnapshot configured;

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    metadata = MetadataStore.open(new DatabaseSettings.Embedded(directory.resolve("database")));
    Path keys = Files.createDirectory(directory.resolve("keys"));
    store =
        new IamStore(
            metadata.database(), metadata.changes(), new SecretSeal(new StoreKeys(keys)::all));
    Path file =
        Files.writeString(
            keys.resolve("iam.json"),
            """
            {"identities":[{"name":"infile","actions":["Read"],
              "credentials":[{"accessKey":"INFILE","secretKey":"0123456789abcdef"}]}]}
            """);
    configured = new IamDirectory(new IdentityLoader(List.of(file), Map.of(), keys)).snapshot();
    add(Entity.named(ID, new EntityArn(ACCOUNT, Kind.USER, "/", "alice"), Instant.EPOCH));
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  private void add(Entity entity) {
    store.write(
        stored -> {
          stored.entities().insert(entity);
          return entity;
        });
  }

  private static Entity role(String name, String trust) {
    return Entity.named("AROA" + name, new EntityArn(ACCOUNT, Kind.ROLE, "/", name), Instant.EPOCH)
        .documented(trust);
  }

  private String trustOf(String name) {
    return store.read(stored -> stored.entities().byId("AROA" + name)).orElseThrow().document();
  }

  private static String trust(String... principals) {
    return "{\"Version\":\"2012-10-17\",\n \"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"AWS\":[\""
        + String.join("\",\"", principals)
        + "\"]},\"Action\":\"sts:AssumeRole\","
        + "\"Condition\":{\"ArnEquals\":{\"aws:PrincipalArn\":\""
        + ALICE
        + "\"}}}]}";
  }

  private static String absent(String prefix, String arn) {
    return UniqueId.ofArn(prefix, arn);
  }

  @Test
  @Evidence("attack-22")
  void older_trust_policies_are_bound_once_and_nobody_new_steps_into_an_old_name() {
    String session = "arn:aws:sts::" + ACCOUNT + ":assumed-role/gone/s1";
    add(role("r", trust(ALICE, GONE, IN_FILE, session, "*", ACCOUNT)));
    add(role("broken", "{arn:aws:iam::" + ACCOUNT + ":user/alice"));
    BindingUpgrade.run(configured, store);
    String role = absent("AROA", "arn:aws:iam::" + ACCOUNT + ":role/gone");
    String bound =
        trust(
            ID,
            absent("AIDA", GONE),
            configured.user(IN_FILE).orElseThrow().id(),
            role + ":s1",
            "*",
            ACCOUNT);
    assertThat(trustOf("r")).isEqualTo(bound);
    assertThat(trustOf("broken")).startsWith("{arn:");

    add(role("later", trust(ALICE)));
    BindingUpgrade.run(configured, store);
    assertThat(trustOf("later")).as("bound once for a database").isEqualTo(trust(ALICE));
  }

  @Test
  @Evidence("attack-76")
  void policies_of_buckets_and_tables_are_bound_too() {
    String document =
        "{\"Statement\":{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"%s\"},\"Action\":\"*\","
            + "\"Resource\":\"*\"}}";
    StoredPolicy old = StoredPolicy.parse("p", document.formatted(ALICE));
    Bucket bucket = metadata.buckets().create("tables", Bucket.Kind.TABLE, ACCOUNT);
    metadata.accessRules().setPolicy(bucket, Face.S3, Optional.of(old));
    metadata.accessRules().setPolicy(bucket, Face.TABLES, Optional.of(old));
    UUID table = table(bucket);
    JpaTablePolicies tables = new JpaTablePolicies(metadata.database(), metadata.writers());
    tables.set(table, Optional.of(old));
    BindingUpgrade.run(configured, store);
    Bucket read = metadata.buckets().find("tables").orElseThrow();
    String bound = document.formatted(ID);
    assertThat(read.access().s3Policy().orElseThrow().document()).isEqualTo(bound);
    assertThat(read.access().tablesPolicy().orElseThrow().document()).isEqualTo(bound);
    assertThat(tables.find(table).orElseThrow().document()).isEqualTo(bound);
  }

  private UUID table(Bucket bucket) {
    StoredNamespace namespace =
        new StoredNamespace(UUID.randomUUID(), bucket.id(), "ns", Instant.EPOCH, ACCOUNT);
    new JpaNamespaces(metadata.database(), metadata.writers()).create(namespace);
    UUID id = UUID.randomUUID();
    StoredTable.Change now = new StoredTable.Change(Instant.EPOCH, ACCOUNT);
    new JpaTables(metadata.database(), metadata.writers())
        .create(
            new StoredTable(id, namespace, "t", "ns/t", Optional.empty(), "1", now, now, Map.of()));
    return id;
  }
}
