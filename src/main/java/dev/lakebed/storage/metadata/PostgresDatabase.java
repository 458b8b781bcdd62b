package dev.lakebed.storage.metadata;

import dev.lakebed.limit.ClientPlaces;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.storage.metadata.Database.DatabaseUnusableException;
import dev.lakebed.storage.metadata.EntityManagers.DeferredDataSource;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import dev.lakebed.storage.metadata.Transactions.TransactionsInTurn;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The metadata database, started, migrated, checked and behind its pools. */
public final class PostgresDatabase implements Database, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

  private final Optional<EmbeddedPostgres> server;

  /** Made at the start: while the process ends the container gives no class that is new. */
  private final Runnable stop;

  private final ConnectionPools pools;
  private final EntityManagerFactory entityManagers;
  private final Transactions transactions;
  private final Transactions writers;
  private final Database changes;
  private final DatabaseTime time = new DatabaseTime();

  private PostgresDatabase(
      Optional<EmbeddedPostgres> server,
      ConnectionPools pools,
      EntityManagerFactory entityManagers,
      ClientShare share) {
    this.server = server;
    this.stop = server.<Runnable>map(own -> () -> stop(own)).orElse(() -> {});
    this.pools = pools;
    this.entityManagers = entityManagers;
    this.transactions = transactions(pools.general(), share.places(ConnectionPools.MOST));
    this.writers = transactions(pools.writers(), share.places(ConnectionPools.WRITERS));
    // Without a share of the pool: a client that has taken its own would keep the turn meanwhile.
    this.changes =
        new TransactionsInTurn(
            transactions(pools.general(), ClientShare.ALL.places(ConnectionPools.MOST)),
            new ClientPlaces(share.current(), TransactionsInTurn.LIMITS));
  }

  /**
   * Starts or reaches the database, migrates its schema, and has Hibernate check it, or throws
   * {@link DatabaseUnusableException}.
   */
  public static PostgresDatabase open(DatabaseSettings settings, ClientShare share) {
    CompletableFuture<ConnectionPools> opened = new CompletableFuture<>();
    CompletableFuture<EntityManagerFactory> entityManagers =
        CompletableFuture.supplyAsync(
            () ->
                EntityManagers.create(
                    new DeferredDataSource(opened.thenApply(ConnectionPools::general))),
            Thread.ofPlatform().name("lakebed-hibernate-start")::start);
    Optional<EmbeddedPostgres> server = Optional.empty();
    try {
      PGSimpleDataSource source =
          switch (settings) {
            case DatabaseSettings.External external -> ConnectionPools.unlimited(external);
            case DatabaseSettings.Embedded embedded -> {
              EmbeddedPostgres started = start(embedded);
              server = Optional.of(started);
              yield ConnectionPools.unlimited(started);
            }
          };
      Schema.migrate(source);
      opened.complete(ConnectionPools.open(source));
      return new PostgresDatabase(server, opened.join(), entityManagers.join(), share);
    } catch (RuntimeException e) {
      abandon(e, opened, entityManagers, server);
      if (e instanceof CompletionException && e.getCause() instanceof PersistenceException p) {
        throw new DatabaseUnusableException(
            "the database's tables are not those of this Lakebed: " + rootCause(p).getMessage(), p);
      }
      throw e;
    }
  }

  @Override
  public <T> T inTransaction(Function<EntityManager, T> work) {
    return transactions.inTransaction(work);
  }

  @Override
  public <T> T onConnection(Statements<T> work) {
    return transactions.onConnection(work);
  }

  @Override
  public <T> T read(Statements<T> work) {
    return transactions.read(work);
  }

  /** Ends all connections, and the server if it is our own. */
  @Override
  public void close() {
    entityManagers.close();
    pools.close();
    stop.run();
  }

  public DatabaseTime time() {
    return time;
  }

  /** For transactions that wait for locks of keys, uploads, buckets and tables. */
  public Database writers() {
    return writers;
  }

  /** For transactions that exclude each other whatever they change. */
  public Database changes() {
    return changes;
  }

  /** For the committers, which must tell a failed commit from a failed statement. */
  public DataSource committers() {
    return pools.committers();
  }

  public Optional<EmbeddedPostgres> server() {
    return server;
  }

  private Transactions transactions(DataSource pool, ClientPlaces places) {
    return new Transactions(pool, entityManagers, time, places);
  }

  private static EmbeddedPostgres start(DatabaseSettings.Embedded settings) {
    try {
      return EmbeddedPostgres.start(settings.directory());
    } catch (IOException e) {
      throw new DatabaseUnusableException(
          "the embedded database does not start: " + e.getMessage(), e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  private static void abandon(
      RuntimeException reason,
      CompletableFuture<ConnectionPools> opened,
      CompletableFuture<EntityManagerFactory> entityManagers,
      Optional<EmbeddedPostgres> server) {
    opened.completeExceptionally(reason);
    try {
      entityManagers.join().close();
    } catch (CompletionException e) {
      LOG.log(Level.DEBUG, "Hibernate did not start either", e);
    }
    if (!opened.isCompletedExceptionally()) {
      opened.join().close();
    }
    server.ifPresent(PostgresDatabase::stop);
  }

  private static void stop(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the embedded database does not stop", e);
    }
  }
}
