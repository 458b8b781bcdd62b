package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockTimeoutException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Identities in the database. Changes run one after the other, on all servers together: each locks
 * the change counter first, so limits and conflicts are exact and nothing can deadlock.
 */
public final class IamStore {
  private final Database database;
  private final Database changes;
  private final Seal seal;
  private volatile LongConsumer listener = number -> {};

  /**
   * Works on a database.
   *
   * @param changes for transactions that exclude each other
   */
  public IamStore(Database database, Database changes, Seal seal) {
    this.database = database;
    this.changes = changes;
    this.seal = seal;
  }

  /** Tells {@code listener} the number of each change, after its commit, before its answer. */
  public void onChange(LongConsumer changed) {
    listener = changed;
  }

  /**
   * Reads in one transaction.
   *
   * @throws dev.lakebed.storage.metadata.MetadataUnavailableException when the database does not
   *     answer
   */
  public <T> T read(Function<IamTransaction, T> work) {
    return database.inTransaction(
        manager -> {
          // Else every query looks for changes in everything that was read before it.
          manager.setFlushMode(FlushModeType.COMMIT);
          return work.apply(new IamTransaction(manager, seal));
        });
  }

  /**
   * Changes identities in one transaction, alone. Waits up to ten seconds for others, and without a
   * connection, so that those who wait take none from those who read.
   *
   * @throws dev.lakebed.storage.metadata.MetadataUnavailableException when the database does not
   *     answer
   */
  public <T> T write(Function<IamTransaction, T> work) {
    record Done<T>(T result, long number) {}
    Done<T> done =
        changes.inTransaction(
            manager -> {
              long number = lock(manager);
              return new Done<>(work.apply(new IamTransaction(manager, seal)), number);
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
    return Sql.number(
        manager, "update iam_change set number = number + 1 where id = 1 returning number");
  }

  /**
   * Writes what concerns no rights, beside any change.
   *
   * @throws dev.lakebed.storage.metadata.MetadataUnavailableException when the database does not
   *     answer
   */
  public <T> T note(Function<IamTransaction, T> work) {
    return database.inTransaction(manager -> work.apply(new IamTransaction(manager, seal)));
  }

  /** The number of the last change. */
  public long changeNumber() {
    return database.read(
        connection ->
            Jdbc.first(
                    connection, "select number from iam_change where id = 1", row -> row.getLong(1))
                .orElseThrow());
  }

  /** What is stored, as one transaction sees it. */
  public static final class IamTransaction {
    private final EntityManager manager;
    private final Seal seal;

    IamTransaction(EntityManager manager, Seal seal) {
      this.manager = manager;
      this.seal = seal;
    }

    /** Everything with a name. */
    public Entities entities() {
      return new Entities(manager);
    }

    /** Attached managed policies. */
    public Attachments attachments() {
      return new Attachments(manager);
    }

    /** Inline policies. */
    public InlinePolicies inline() {
      return new InlinePolicies(manager);
    }

    /** Groups of users, profiles of roles. */
    public Members members() {
      return new Members(manager);
    }

    /** Versions of managed policies. */
    public PolicyVersions versions() {
      return new PolicyVersions(manager);
    }

    /** Access keys. */
    public AccessKeys keys() {
      return new AccessKeys(manager, seal);
    }

    /** Login profiles. */
    public Logins logins() {
      return new Logins(manager);
    }

    /** Settings of accounts. */
    public Accounts accounts() {
      return new Accounts(manager);
    }

    /** Policies that name principals. */
    public PolicyDocuments documents() {
      return new PolicyDocuments(manager);
    }

    /** Last uses. */
    public LastUses uses() {
      return new LastUses(manager);
    }
  }
}
