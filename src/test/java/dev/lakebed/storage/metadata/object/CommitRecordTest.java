package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.CutConnections;
import dev.lakebed.storage.metadata.MetadataContract;
import dev.lakebed.storage.metadata.PostgresDatabase;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import dev.lakebed.storage.metadata.object.Committer.CommitLimits;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A commit whose connection is lost is judged by what the database did, from the first batch on.
 */
class CommitRecordTest extends MetadataContract {
  private static final WriteCondition ABSENT =
      current -> {
        if (current.isPresent()) {
          throw new IllegalStateException("there is one");
        }
      };

  private final CutConnections connections =
      new CutConnections(((PostgresDatabase) TestStores.external().database()).committers());

  @Override
  protected MetadataStore open() {
    return TestStores.external();
  }

  @Test
  void a_first_commit_that_goes_on_after_its_connection_was_lost_is_waited_for() throws Exception {
    CompletableFuture<Void> late = new CompletableFuture<>();
    cutAtCommit(
        commit -> {
          Thread.startVirtualThread(
              () -> {
                try {
                  Thread.sleep(Duration.ofMillis(400));
                  commit.run();
                  late.complete(null);
                } catch (Throwable e) {
                  late.completeExceptionally(e);
                }
              });
          throw CutConnections.lost();
        });
    StoredObject object = Samples.object(bucket.id(), "k", Samples.chunk());
    assertThat(put(object)).isEmpty();
    late.get();
    assertThat(store.objects().find(bucket.id(), "k")).contains(object);
  }

  @Test
  void a_first_commit_that_never_came_to_the_database_is_repeated() {
    cutAtCommit(
        commit -> {
          // The database notices that its client is gone.
          commit.connection().rollback();
          commit.connection().close();
          throw CutConnections.lost();
        });
    StoredObject object = Samples.object(bucket.id(), "k", Samples.chunk());
    assertThat(put(object)).isEmpty();
    assertThat(store.objects().find(bucket.id(), "k")).contains(object);
  }

  @Test
  void a_server_process_that_dies_after_its_commit_does_not_hide_it() {
    cutAtCommit(
        commit -> {
          commit.run();
          throw CutConnections.lost();
        });
    StoredObject object = Samples.object(bucket.id(), "k", Samples.chunk());
    assertThat(put(object)).isEmpty();
    assertThat(store.objects().find(bucket.id(), "k")).contains(object);
  }

  @Test
  void a_committer_whose_row_was_cleared_away_goes_on() {
    try (Committer committer = committer()) {
      assertThat(put(committer, Samples.object(bucket.id(), "a"))).isEmpty();
      store
          .database()
          .onConnection(
              connection -> {
                try (var statement = connection.createStatement()) {
                  return statement.executeUpdate("DELETE FROM committer");
                }
              });
      assertThat(put(committer, Samples.object(bucket.id(), "b"))).isEmpty();
    }
    assertThat(store.objects().find(bucket.id(), "b")).isPresent();
  }

  /** What happens at the first commit; its connection is lost from then on. */
  private interface Cut {
    void at(Commit commit) throws Throwable;
  }

  /** A commit on its way. */
  private record Commit(Connection connection, CutConnections.Call call) {
    void run() throws Throwable {
      call.run();
      connection.close();
    }
  }

  private void cutAtCommit(Cut cut) {
    AtomicReference<Connection> lost = new AtomicReference<>();
    connections.cut.set(
        (connection, method, call) -> {
          if (method.equals("commit") && lost.compareAndSet(null, connection)) {
            cut.at(new Commit(connection, call));
          }
          if (connection == lost.get()) {
            throw CutConnections.lost();
          }
          return call.run();
        });
  }

  private Optional<RuntimeException> put(StoredObject object) {
    try (Committer committer = committer()) {
      return put(committer, object);
    }
  }

  private static Optional<RuntimeException> put(Committer committer, StoredObject object) {
    return committer.commit(List.of(new Write.Put(EncodedObject.of(object), ABSENT))).getFirst();
  }

  private Committer committer() {
    return Committer.start(connections.source(), new DatabaseTime(), CommitLimits.DEFAULT);
  }
}
