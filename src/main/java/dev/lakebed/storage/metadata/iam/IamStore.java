package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Identities in the database. Changes run one after the other, on all servers together: each locks
 * the change counter first, so limits and conflicts are exact and nothing can deadlock. All methods
 * throw {@link dev.lakebed.storage.metadata.MetadataUnavailableException} when the database does
 * not answer.
 */
public final class IamStore {
  private final Database database;
  private final Database changes;
  private final Seal seal;
  private volatile LongConsumer listener = number -> {};

  /** {@code changes} is for transactions that exclude each other. */
  public IamStore(Database database, Database changes, Seal seal) {
    this.database = database;
    this.changes = changes;
    this.seal = seal;
  }

  /** Tells {@code listener} the number of each change, after its commit, before its answer. */
  public void onChange(LongConsumer changed) {
    listener = changed;
  }

  public <T> T read(Function<IamTransaction, T> work) {
    return database.inTransaction(
        manager -> {
          // Else every query looks for changes in everything that was read before it.
          manager.setFlushMode(FlushModeType.COMMIT);
          return work.apply(IamTransaction.of(manager, seal));
        });
  }

  /**
   * Changes identities in one transaction, alone. Waits up to ten seconds for others, and without a
   * connection, so that those who wait take none from those who read.
   */
  public <T> T write(Function<IamTransaction, T> work) {
    record Done<T>(T result, long number) {}
    Done<T> done =
        changes.inTransaction(
            manager -> {
              long number = lock(manager);
              return new Done<>(work.apply(IamTransaction.of(manager, seal)), number);
            });
    listener.accept(done.number());
    return done.result();
  }

  private static long lock(EntityManager manager) {
    List<?> free =
        manager
            .createNativeQuery("select id from iam_change where id = 1 for update skip locked")
            .getResultList();
    if (free.isEmpty()) {
      throw new LockTimeoutException("identities are being changed");
    }
    return new Sql(manager)
        .number("update iam_change set number = number + 1 where id = 1 returning number");
  }

  /** Writes what concerns no rights, beside any change. */
  public <T> T note(Function<IamTransaction, T> work) {
    return database.inTransaction(manager -> work.apply(IamTransaction.of(manager, seal)));
  }

  public long changeNumber() {
    return database.read(
        connection ->
            Jdbc.first(
                    connection, "select number from iam_change where id = 1", row -> row.getLong(1))
                .orElseThrow());
  }

  /** What is stored, as one transaction sees it. */
  public record IamTransaction(
      Entities entities,
      Attachments attachments,
      InlinePolicies inline,
      Members members,
      PolicyVersions versions,
      AccessKeys keys,
      Logins logins,
      Accounts accounts,
      PolicyDocuments documents,
      LastUses uses) {
    public Optional<Entity> owner(String accessKeyId) {
      return keys.find(accessKeyId).flatMap(key -> entities.byId(key.userId()));
    }

    static IamTransaction of(EntityManager manager, Seal seal) {
      Sql sql = new Sql(manager);
      return new IamTransaction(
          new Entities(sql),
          new Attachments(sql),
          new InlinePolicies(sql),
          new Members(sql),
          new PolicyVersions(sql),
          new AccessKeys(sql, seal),
          new Logins(sql),
          new Accounts(sql),
          new PolicyDocuments(sql),
          new LastUses(sql));
    }
  }
}
