package dev.lakebed.storage.metadata.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.CutConnections;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.PostgresDatabase;
import dev.lakebed.storage.metadata.Samples;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Committer.CommitLimits;
import dev.lakebed.storage.metadata.object.ObjectStatements.EncodedObject;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers can tell a write that was not done from one that may have been. */
class UnknownOutcomeTest {
  private static final CommitLimits LIMITS =
      new CommitLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMillis(300),
          Duration.ofSeconds(30));

  private final CutConnections connections = new CutConnections(pool());
  private Bucket bucket;

  @BeforeEach
  void createBucket() {
    bucket =
        TestStores.external()
            .buckets()
            .create(Samples.bucketName(), Bucket.Kind.GENERAL, Samples.OWNER);
  }

  @Test
  void a_write_that_waited_too_long_is_withdrawn() {
    PendingWrite pending = new PendingWrite(put());
    assertThat(pending.await(Duration.ZERO).orElseThrow())
        .isExactlyInstanceOf(MetadataUnavailableException.class);
    assertThat(pending.take()).isFalse();
  }

  @Test
  void a_write_under_way_when_its_caller_gives_up_may_have_happened() {
    PendingWrite pending = new PendingWrite(put());
    assertThat(pending.take()).isTrue();
    assertThat(pending.await(Duration.ZERO).orElseThrow())
        .isExactlyInstanceOf(UnknownOutcomeException.class);
  }

  @Test
  void a_write_that_nobody_could_ask_about_may_have_happened() {
    connections.cut.set(
        (connection, method, call) -> {
          if (method.equals("commit")) {
            connections.cut.set(
                (c, m, next) -> {
                  if (m.equals("close")) {
                    return next.run();
                  }
                  throw CutConnections.lost();
                });
            throw CutConnections.lost();
          }
          return call.run();
        });
    assertThat(written().orElseThrow()).isExactlyInstanceOf(UnknownOutcomeException.class);
  }

  @Test
  void a_write_is_done_although_its_connection_broke_right_after() {
    connections.cut.set(
        (connection, method, call) -> {
          Object result = call.run();
          if (method.equals("close")) {
            throw CutConnections.lost();
          }
          return result;
        });
    assertThat(written()).isEmpty();
  }

  @Test
  void a_write_after_the_end_is_certainly_not_done() {
    Committer committer = Committer.start(connections.source(), new DatabaseTime(), LIMITS);
    committer.close();
    assertThat(committer.commit(List.of(put())).getFirst().orElseThrow())
        .isExactlyInstanceOf(MetadataUnavailableException.class);
  }

  private Optional<RuntimeException> written() {
    try (Committer committer = Committer.start(connections.source(), new DatabaseTime(), LIMITS)) {
      return committer.commit(List.of(put())).getFirst();
    }
  }

  private Write put() {
    return new Write.Put(
        EncodedObject.of(Samples.object(bucket.id(), "k", Samples.chunk())), WriteCondition.NONE);
  }

  private static DataSource pool() {
    return ((PostgresDatabase) TestStores.external().database()).committers();
  }
}
