package dev.lakebed.storage.metadata;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Callers can tell a transaction that was not committed from one that may have been. */
class TransactionOutcomeTest {
  private final CutConnections connections =
      new CutConnections(((PostgresDatabase) TestStores.external().database()).committers());

  @Test
  void a_commit_whose_answer_is_lost_may_have_happened() {
    connections.cut.set(
        (connection, method, call) -> {
          Object result = call.run();
          if (method.equals("commit")) {
            throw CutConnections.lost();
          }
          return result;
        });
    assertThatThrownBy(() -> transactions().onConnection(connection -> 1))
        .isExactlyInstanceOf(UnknownOutcomeException.class);
  }

  @Test
  void a_commit_that_the_server_rolled_back_did_not_happen() {
    connections.cut.set(
        (connection, method, call) -> {
          if (method.equals("commit")) {
            throw new SQLException("could not serialize access", "40001");
          }
          return call.run();
        });
    assertThatThrownBy(() -> transactions().onConnection(connection -> 1))
        .isExactlyInstanceOf(MetadataUnavailableException.class);
  }

  @Test
  void a_connection_lost_before_the_commit_changed_nothing() {
    assertThatThrownBy(
            () ->
                transactions()
                    .onConnection(
                        connection -> {
                          throw CutConnections.lost();
                        }))
        .isExactlyInstanceOf(MetadataUnavailableException.class);
  }

  private Transactions transactions() {
    return new Transactions(
        connections.source(),
        CutConnections.never(EntityManagerFactory.class),
        new DatabaseTime(),
        ClientShare.ALL.places(1));
  }
}
