package dev.lakebed.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.iam.store.SecretSeal;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import dev.lakebed.storage.metadata.Transactions.TransactionsInTurn;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One client keeps no other from the database, however much of it he asks for. */
class ClientShareTest extends MetadataContract {
  private static final int PERCENT = 50;
  private static final int READERS = ConnectionPools.MOST * PERCENT / 100;
  private static final int WRITERS = ConnectionPools.WRITERS * PERCENT / 100;
  private static final int UNSIGNED = ConnectionPools.MOST / 4;
  private static final int CHANGES = TransactionsInTurn.LIMITS.key();

  private static final ThreadLocal<Optional<Client>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final Semaphore working = new Semaphore(0);

  private static final class Shared {
    private static final MetadataStore STORE =
        TestStores.keep(
            MetadataStore.open(
                new DatabaseSettings.Embedded(TestStores.directory()),
                new ClientShare(PERCENT, CURRENT::get)));
  }

  @Override
  protected MetadataStore open() {
    return Shared.STORE;
  }

  @AfterEach
  void stop() {
    letGo.countDown();
    threads.close();
  }

  @Test
  void a_client_s_reads_leave_connections_to_others() throws Exception {
    List<Future<Boolean>> greedy = started(n -> signed("greedy", "192.0.2.1"), this::reading);
    working.acquire(READERS);
    assertThat(as(signed("other", "192.0.2.2"), this::find).get()).isEmpty();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void a_client_s_transactions_leave_connections_to_others() throws Exception {
    List<Future<Boolean>> greedy =
        started(
            n -> signed("greedy", "192.0.2.1"),
            () -> store.database().inTransaction(manager -> work()));
    working.acquire(READERS);
    assertThat(as(signed("other", "192.0.2.2"), this::find).get()).isEmpty();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void a_client_s_changes_leave_connections_to_others() throws Exception {
    List<Future<Boolean>> greedy =
        started(
            n -> signed("greedy", "192.0.2.1"),
            () -> store.writers().onConnection(connection -> work()));
    working.acquire(WRITERS);
    Client other = signed("other", "192.0.2.2");
    as(other, () -> store.writers().onConnection(connection -> true)).get();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void a_network_has_one_share_with_many_keys() throws Exception {
    List<Future<Boolean>> greedy = started(n -> signed("key" + n, "192.0.2.1"), this::reading);
    working.acquire(READERS);
    assertThat(as(signed("other", "192.0.2.2"), this::find).get()).isEmpty();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void a_key_has_one_share_in_many_networks() throws Exception {
    List<Future<Boolean>> greedy = started(n -> signed("greedy", "192.0.2." + n), this::reading);
    working.acquire(READERS);
    assertThat(as(signed("other", "192.0.2.1"), this::find).get()).isEmpty();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void unsigned_requests_have_a_quarter_together() throws Exception {
    List<Future<Boolean>> greedy = started(n -> unsigned("192.0.2." + n), this::reading);
    working.acquire(UNSIGNED);
    assertThat(as(signed("other", "192.0.2.1"), this::find).get()).isEmpty();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void unsigned_requests_of_one_network_leave_places_to_those_of_others() throws Exception {
    List<Future<Boolean>> greedy = started(n -> unsigned("192.0.2.1"), this::reading);
    working.acquire(UNSIGNED * PERCENT / 100);
    assertThat(as(unsigned("192.0.2.2"), this::find).get()).isEmpty();
    assertThat(working.availablePermits()).isZero();
    letGo.countDown();
    finish(greedy);
  }

  @Test
  void a_client_has_few_places_in_the_line_of_those_who_change_identities() throws Exception {
    IamStore identities = new IamStore(store.database(), store.changes(), new SecretSeal(List::of));
    long before = identities.changeNumber();
    Future<Boolean> first = threads.submit(() -> identities.write(transaction -> work()));
    working.acquire();
    Client greedy = signed("greedy", "192.0.2.1");
    ExecutorCompletionService<Boolean> refused = new ExecutorCompletionService<>(threads);
    List<Future<Boolean>> changes = new ArrayList<>();
    for (int i = 0; i < 3 * CHANGES; i++) {
      changes.add(refused.submit(whoever(greedy, () -> identities.write(transaction -> true))));
    }
    for (int i = 0; i < 2 * CHANGES; i++) {
      assertRefused(refused.take());
    }
    Future<Boolean> other =
        as(signed("other", "192.0.2.2"), () -> identities.write(transaction -> true));
    letGo.countDown();
    assertThat(other.get()).isTrue();
    assertThat(first.get()).isTrue();
    for (int i = 0; i < CHANGES; i++) {
      assertThat(refused.take().get()).isTrue();
    }
    assertThat(identities.changeNumber()).isEqualTo(before + CHANGES + 2);
  }

  @Test
  void who_has_his_share_of_readers_keeps_nobody_from_changing_identities() throws Exception {
    IamStore identities = new IamStore(store.database(), store.changes(), new SecretSeal(List::of));
    Client greedy = signed("greedy", "192.0.2.1");
    List<Future<Boolean>> reads = started(n -> greedy, this::reading);
    working.acquire(READERS);
    as(greedy, () -> identities.write(transaction -> true)).get();
    as(signed("other", "192.0.2.2"), () -> identities.write(transaction -> true)).get();
    letGo.countDown();
    finish(reads);
  }

  private static void assertRefused(Future<Boolean> change) {
    assertThatThrownBy(change::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(MetadataUnavailableException.class);
  }

  private static Client signed(String key, String network) {
    return new Client(Optional.of(network), Optional.of(key));
  }

  private static Client unsigned(String network) {
    return new Client(Optional.of(network), Optional.empty());
  }

  /** As much work as would take every connection. */
  private List<Future<Boolean>> started(Function<Integer, Client> clients, Callable<Boolean> work) {
    List<Future<Boolean>> started = new ArrayList<>();
    for (int i = 0; i < ConnectionPools.MOST; i++) {
      started.add(as(clients.apply(i), work));
    }
    return started;
  }

  private <T> Future<T> as(Client client, Callable<T> work) {
    return threads.submit(whoever(client, work));
  }

  private static <T> Callable<T> whoever(Client client, Callable<T> work) {
    return () -> {
      CURRENT.set(Optional.of(client));
      try {
        return work.call();
      } finally {
        CURRENT.remove();
      }
    };
  }

  private static void finish(List<Future<Boolean>> work) throws Exception {
    for (Future<Boolean> one : work) {
      assertThat(one.get()).isTrue();
    }
  }

  private boolean reading() {
    return store.database().read(connection -> work());
  }

  private Optional<StoredObject> find() {
    return store.objects().find(bucket.id(), "k");
  }

  /** Says that it has begun and does not end. */
  private boolean work() {
    working.release();
    try {
      letGo.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
