package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.storage.metadata.AdvisoryLocks;
import dev.lakebed.storage.metadata.ConnectionPools;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.PostgresDatabase;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.object.Committer.CommitLimits;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.Drops.Lease;
import dev.lakebed.storage.metadata.tables.Drops.SqlDrops;
import dev.lakebed.storage.metadata.tables.JpaTables;
import dev.lakebed.storage.metadata.tables.Namespaces.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.TablePolicies.JpaTablePolicies;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lock that is not given back delays what needs it and nothing else. */
class HeldLockTest extends MetadataContract {
  private static final int OTHERS = 40;

  /** Short enough for a test, and longer than everything that is not held takes. */
  private static final CommitLimits LIMITS =
      new CommitLimits(
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch letGo = new CountDownLatch(1);

  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }

  @AfterEach
  void stop() {
    letGo.countDown();
    clients.close();
  }

  @Test
  void a_held_key_delays_only_its_own_writes() throws Exception {
    hold(connection -> lockKey(connection, "held"));
    Future<?> held = clients.submit(() -> put("held"));
    for (Future<?> other : others()) {
      other.get();
    }
    assertThat(held.isDone()).isFalse();
    letGo.countDown();
    held.get();
    assertThat(store.objects().find(bucket.id(), "held")).isPresent();
  }

  @Test
  void a_held_row_delays_only_its_own_writes() throws Exception {
    put("held");
    hold(connection -> lockRow(connection, "held"));
    Future<?> held = clients.submit(() -> put("held"));
    for (Future<?> other : others()) {
      other.get();
    }
    assertThat(held.isDone()).isFalse();
    letGo.countDown();
    held.get();
  }

  @Test
  void a_held_bucket_delays_only_its_own_writes() throws Exception {
    Bucket other = store.buckets().create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
    hold(HeldLockTest.this::lockBucket);
    Future<?> held = clients.submit(() -> put("held"));
    store.objects().put(Samples.object(other.id(), "k"), WriteCondition.NONE);
    assertThat(held.isDone()).isFalse();
    letGo.countDown();
    held.get();
  }

  @Test
  void a_write_whose_key_stays_held_is_certainly_not_done() throws Exception {
    hold(connection -> lockKey(connection, "held"));
    Write write =
        new Write.Put(EncodedObject.of(Samples.object(bucket.id(), "held")), WriteCondition.NONE);
    PostgresDatabase database = (PostgresDatabase) store.database();
    try (Committer committer = Committer.start(database.committers(), new DatabaseTime(), LIMITS)) {
      assertThat(committer.commit(List.of(write)).getFirst().orElseThrow())
          .isExactlyInstanceOf(MetadataUnavailableException.class);
      letGo.countDown();
    }
    assertThat(store.objects().find(bucket.id(), "held")).isEmpty();
  }

  @Test
  void a_write_that_was_given_up_is_not_done_when_its_key_is_free() throws Exception {
    PendingWrite pending =
        new PendingWrite(
            new Write.Put(EncodedObject.of(Samples.object(bucket.id(), "k")), WriteCondition.NONE));
    assertThat(pending.take()).isTrue();
    assertThat(pending.await(Duration.ZERO).orElseThrow())
        .isExactlyInstanceOf(UnknownOutcomeException.class);
    assertThat(pending.giveBack()).isFalse();
    WriteTransaction transaction =
        new WriteTransaction(
            ((PostgresDatabase) store.database()).committers(), Duration.ofSeconds(5));
    assertThat(transaction.commit(List.of(pending))).isEmpty();
    assertThat(store.objects().find(bucket.id(), "k")).isEmpty();
  }

  @Test
  void a_held_key_delays_only_the_completions_of_its_own_uploads() throws Exception {
    hold(connection -> lockKey(connection, "held"));
    List<Future<?>> held = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Upload upload = created("held");
      held.add(clients.submit(() -> complete(upload)));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(complete(created("free" + i))).isPresent();
    }
    assertThat(held).noneMatch(Future::isDone);
    letGo.countDown();
    for (Future<?> completion : held) {
      completion.get();
    }
  }

  @Test
  void readers_that_take_every_connection_do_not_stop_commits() throws Exception {
    CountDownLatch reading = new CountDownLatch(ConnectionPools.MOST);
    for (int i = 0; i < ConnectionPools.MOST; i++) {
      clients.submit(
          () ->
              store
                  .database()
                  .read(
                      connection -> {
                        reading.countDown();
                        return await(letGo);
                      }));
    }
    reading.await();
    put("k");
    assertThat(complete(created("upload"))).isPresent();
    assertThatThrownBy(() -> store.objects().find(bucket.id(), "k"))
        .isInstanceOf(MetadataUnavailableException.class);
  }

  @Test
  void changes_of_identities_that_wait_for_another_keep_no_reader_waiting() throws Exception {
    IamStore identities = new IamStore(store.database(), store.changes(), new SecretSeal(List::of));
    long before = identities.changeNumber();
    hold(connection -> lock(connection, "SELECT 1 FROM iam_change WHERE id = 1 FOR UPDATE"));
    List<Future<?>> held = new ArrayList<>();
    for (int i = 0; i < 3 * ConnectionPools.MOST; i++) {
      held.add(clients.submit(() -> identities.write(transaction -> transaction)));
    }
    for (int i = 0; i < OTHERS; i++) {
      assertThat(store.objects().find(bucket.id(), "none" + i)).isEmpty();
      assertThat(identities.changeNumber()).isEqualTo(before);
    }
    assertThat(held).noneMatch(Future::isDone);
    letGo.countDown();
    for (Future<?> change : held) {
      change.get();
    }
    assertThat(identities.changeNumber()).isEqualTo(before + held.size());
  }

  @Test
  void changes_of_a_held_bucket_s_rules_keep_no_reader_waiting() throws Exception {
    store.accessRules().changeTags(bucket, tags -> tags);
    String row = "SELECT 1 FROM bucket_access WHERE bucket_id = " + bucket.id() + " FOR UPDATE";
    hold(connection -> lock(connection, row));
    List<Future<?>> held = new ArrayList<>();
    for (int i = 0; i < ConnectionPools.MOST; i++) {
      held.add(
          clients.submit(
              () -> {
                store.accessRules().setCors(bucket, List.of());
              }));
    }
    for (int i = 0; i < OTHERS; i++) {
      assertThat(store.objects().find(bucket.id(), "none" + i)).isEmpty();
    }
    assertThat(held).noneMatch(Future::isDone);
    letGo.countDown();
    for (Future<?> change : held) {
      change.get();
    }
  }

  @Test
  void changes_of_a_held_table_keep_no_reader_waiting() throws Exception {
    JpaTables tables = new JpaTables(store.database(), store.writers());
    JpaTablePolicies policies = new JpaTablePolicies(store.database(), store.writers());
    UUID table = table(tables);
    waitWithoutReaders(
        table,
        () -> tables.changeTags(table, tags -> Map.of("held", "no")),
        () -> policies.set(table, Optional.empty()));
    assertThat(tables.find(table).orElseThrow().tags()).containsEntry("held", "no");
  }

  @Test
  void leases_of_a_held_table_keep_no_reader_waiting() throws Exception {
    JpaTables tables = new JpaTables(store.database(), store.writers());
    SqlDrops drops = new SqlDrops(store.database(), store.writers());
    UUID table = table(tables);
    DroppedTable dropped = tables.drop(table, Optional.empty());
    Lease lease = drops.claim(dropped).orElseThrow();
    waitWithoutReaders(table, () -> drops.release(lease), () -> drops.prolong(lease));
  }

  private void waitWithoutReaders(UUID table, Runnable... changes) throws Exception {
    String row = "SELECT 1 FROM managed_table WHERE id = '" + table + "' FOR UPDATE";
    hold(connection -> lock(connection, row));
    List<Future<?>> held = new ArrayList<>();
    for (int i = 0; i < ConnectionPools.MOST; i++) {
      held.add(clients.submit(changes[i % changes.length]));
    }
    for (int i = 0; i < OTHERS; i++) {
      assertThat(store.objects().find(bucket.id(), "none" + i)).isEmpty();
      assertThat(new JpaTables(store.database(), store.writers()).find(UUID.randomUUID()))
          .isEmpty();
    }
    assertThat(held).noneMatch(Future::isDone);
    letGo.countDown();
    for (Future<?> change : held) {
      change.get();
    }
  }

  @Test
  void a_namespace_that_goes_meanwhile_is_not_there_for_a_second_deletion() throws Exception {
    JpaNamespaces namespaces = new JpaNamespaces(store.database(), store.writers());
    StoredNamespace namespace = namespace(namespaces);
    hold(
        connection ->
            lock(connection, "DELETE FROM table_namespace WHERE id = '" + namespace.id() + "'"));
    Future<?> second = clients.submit(() -> namespaces.delete(namespace));
    while (!store.database().read(HeldLockTest::isSomebodyWaiting) && !second.isDone()) {
      Thread.onSpinWait();
    }
    letGo.countDown();
    assertThatThrownBy(second::get)
        .cause()
        .isInstanceOfSatisfying(
            CatalogException.class,
            e -> assertThat(e.reason()).isEqualTo(CatalogException.Reason.NO_SUCH_NAMESPACE));
  }

  private static boolean isSomebodyWaiting(Connection connection) throws SQLException {
    try (PreparedStatement waiting =
        connection.prepareStatement("SELECT 1 FROM pg_locks WHERE NOT granted")) {
      return waiting.executeQuery().next();
    }
  }

  private StoredNamespace namespace(JpaNamespaces namespaces) {
    Bucket owner = store.buckets().create(Samples.bucketName(), Bucket.Kind.TABLE, Samples.OWNER);
    StoredNamespace namespace =
        new StoredNamespace(UUID.randomUUID(), owner.id(), "ns", Instant.EPOCH, Samples.OWNER);
    namespaces.create(namespace);
    return namespace;
  }

  private UUID table(JpaTables tables) {
    StoredTable.Change now = new StoredTable.Change(Instant.EPOCH, Samples.OWNER);
    StoredNamespace namespace = namespace(new JpaNamespaces(store.database(), store.writers()));
    UUID id = UUID.randomUUID();
    tables.create(
        new StoredTable(id, namespace, "t", "ns/t", Optional.empty(), "1", now, now, Map.of()));
    return id;
  }

  private List<Future<?>> others() {
    List<Future<?>> others = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      String key = "other" + i;
      others.add(clients.submit(() -> put(key)));
    }
    return others;
  }

  private void put(String key) {
    store.objects().put(Samples.object(bucket.id(), key), WriteCondition.NONE);
  }

  private Upload created(String key) {
    Upload upload = Samples.upload(bucket.id(), key);
    store.uploads().create(upload);
    return upload;
  }

  private Optional<StoredObject> complete(Upload upload) {
    return store.uploads().complete(upload, Samples.made(upload), WriteCondition.NONE);
  }

  /** Somebody else's transaction: takes a lock and keeps it. */
  private void hold(Lock lock) throws InterruptedException {
    CountDownLatch holding = new CountDownLatch(1);
    clients.submit(
        () ->
            store
                .database()
                .onConnection(
                    connection -> {
                      lock.take(connection);
                      holding.countDown();
                      return await(letGo);
                    }));
    holding.await();
  }

  private interface Lock {
    void take(Connection connection) throws SQLException;
  }

  private void lockKey(Connection connection, String key) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, ObjectKey.of(bucket.id(), key).lock());
      lock.execute();
    }
  }

  private static void lock(Connection connection, String sql) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(sql)) {
      lock.execute();
    }
  }

  private void lockBucket(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
      lock.setInt(1, AdvisoryLocks.BUCKET_CLASS);
      lock.setInt(2, AdvisoryLocks.ofBucket(bucket.id()));
      lock.execute();
    }
  }

  private void lockRow(Connection connection, String key) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT 1 FROM object WHERE bucket_id = ? AND key = ? FOR UPDATE")) {
      lock.setLong(1, bucket.id());
      lock.setBytes(2, KeyBytes.of(key));
      lock.execute();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
