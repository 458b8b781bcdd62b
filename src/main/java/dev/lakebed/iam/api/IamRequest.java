package dev.lakebed.iam.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.api.IamProtocol.Services;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.store.BoundPrincipals.DatabaseFailures;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits.Value;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** One request with its caller and what it works on, the same for the whole request. */
record IamRequest(QueryRequest query, Caller caller, IamSnapshot configured, Services services) {
  private static final LongReadings LONG = new LongReadings();
  private static final String NO_PASSWORD = "Only IAM Users can change their own password";
  private static final String NO_USER =
      "Must specify userName when calling with non-User credentials";

  /** The account of the caller, which is the one that the request is about. */
  String account() {
    return caller.principal().account();
  }

  <T> Optional<T> find(Value<T> parameter) {
    return parameter.find(query);
  }

  String require(Parameter parameter) {
    return parameter.require(query);
  }

  /** Where a list is to begin in the tree of paths: at its root unless the request says. */
  String pathPrefix() {
    return find(IamParameter.PATH_PREFIX).orElse("/");
  }

  /** A page of all entities of a kind below PathPrefix. */
  QueryXml.Content pageOfKind(Kind kind, String list, QueryXml.Entry<Entity> entry) {
    Paging paging = Paging.of(query);
    String path = pathPrefix();
    List<Entity> found =
        read(all -> all.list(kind, path, paging).stream().map(all::shown).toList());
    return paging.content(list, found, Inventory::key, entry);
  }

  /** A page of entities that are all there. */
  QueryXml.Content page(List<Entity> all, String list, QueryXml.Entry<Entity> entry) {
    return Paging.of(query).content(list, all, Inventory::key, entry);
  }

  /** Name and kind of whom UserName names: the caller when it is left out, also a root user. */
  Named user() {
    if (find(IamParameter.USER_NAME).isEmpty() && caller.principal().isRootUser()) {
      return new Named(Kind.ROOT, "");
    }
    return find(IamParameter.USER_NAME)
        .or(this::ownName)
        .map(name -> new Named(Kind.USER, name))
        .orElseThrow(() -> QueryError.VALIDATION_ERROR.because(NO_USER));
  }

  /** The user who calls; InvalidUserType for roles and root users. */
  Named self() {
    return ownName()
        .map(own -> new Named(Kind.USER, own))
        .orElseThrow(() -> QueryError.INVALID_USER_TYPE.because(NO_PASSWORD));
  }

  /** A user by name, or the root user of the account, who has none. */
  record Named(Kind kind, String name) {}

  Optional<String> ownName() {
    return switch (caller.principal()) {
      case Principal.User user -> Optional.of(user.name());
      case Principal.UserSession session -> Optional.of(session.userName());
      case Principal.RoleSession role -> Optional.empty();
      case Principal.FederatedUser federated -> Optional.empty();
      case Principal.RootSession root -> Optional.empty();
      case Principal.AccountRoot root -> Optional.empty();
      case Principal.Anonymous nobody -> Optional.empty();
    };
  }

  Instant now() {
    return services.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  <T> T read(Function<Inventory, T> work) {
    return DatabaseFailures.by(
        () -> services.store().read(stored -> work.apply(new Inventory(stored, this))));
  }

  <T> T readMuch(Function<Inventory, T> work) {
    return LONG.inTurn(account(), () -> read(work));
  }

  <T> T write(Function<Inventory, T> work) {
    return DatabaseFailures.by(
        () -> services.store().write(stored -> work.apply(new Inventory(stored, this))));
  }

  /**
   * Readings of a whole account, one at a time for each account. Who waits has no connection to the
   * database: a few reports at once would hold all of them for as long as they are made.
   */
  static final class LongReadings {
    /** Most that wait for an account. */
    static final int WAITING = 16;

    private final Cache<String, Semaphore> turns = Caffeine.newBuilder().weakValues().build();

    /** Reads when it is the account's turn; ServerBusyException when too many wait for it. */
    <T> T inTurn(String account, Supplier<T> reading) {
      Semaphore turn = turns.get(account, name -> new Semaphore(1, true));
      if (turn.getQueueLength() >= WAITING) {
        throw new ServerBusyException("Too many reports of the account are made, try again later");
      }
      turn.acquireUninterruptibly();
      try {
        return reading.get();
      } finally {
        turn.release();
      }
    }
  }
}
