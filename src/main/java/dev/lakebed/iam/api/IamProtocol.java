package dev.lakebed.iam.api;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.api.ActionTable.Action;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryProtocol;
import dev.lakebed.operation.query.QueryService;
import dev.lakebed.operation.query.QueryService.QueryCall;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.operation.query.RolelessSessions;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.KnownActions;
import dev.lakebed.storage.metadata.iam.IamStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** IAM: users, groups, roles, policies and providers of the caller's account. */
public final class IamProtocol extends QueryProtocol {
  private final BooleanSupplier readOnly;
  private final ActionTable built;

  /** Denies every change while {@code readOnly} is true, {@code -s3.iam.readOnly}. */
  public IamProtocol(BooleanSupplier readOnly, Services services) {
    this(readOnly, ActionTable.built(), services);
  }

  private IamProtocol(BooleanSupplier readOnly, ActionTable built, Services services) {
    super(Kind.IAM, QueryService.IAM, IamOperations.of(built, services));
    this.readOnly = readOnly;
    this.built = built;
  }

  @Override
  protected Operation<? super QueryCall> find(String action) {
    Operation<? super QueryCall> operation = super.find(action);
    boolean changes = built.find(action).isPresent() && !isRead(action);
    return changes && readOnly.getAsBoolean() ? IamOperations.readOnly(action) : operation;
  }

  /** What the actions work on: identities of the configuration and of the database. */
  public record Services(
      IamDirectory directory, IamStore store, UseLog uses, InstantSource clock) {}

  /** Whether the action changes nothing; AWS names them so without exception. */
  private static boolean isRead(String action) {
    return action.matches("(Get|List|Simulate|Generate).*");
  }

  static final class IamOperations {
    private static final Decision READ_ONLY =
        new Decision.Prevented(
            "ReadOnlyIam",
            "because IAM is read only on this server, which LAKEBED_IAM_READ_ONLY=false changes");

    private IamOperations() {}

    /** All that AWS has, by name: those that are built, and the others. */
    static OperationTable<String, QueryCall> of(ActionTable actions, Services services) {
      OperationTable.Builder<String, QueryCall> table = OperationTable.builder();
      for (String name : KnownActions.iamOperations()) {
        Optional<Action> action = actions.find(name);
        table.add(name, action.isPresent() ? built(action.get(), services) : notBuilt(name));
      }
      return table.build();
    }

    /**
     * An action of the table. On what it is authorised depends on the caller: a request may leave
     * out the name of the user, or ask for another account.
     */
    private static Operation<QueryCall> built(Action action, Services services) {
      return IamOperations.<Function<Caller, IamRequest>>operation(
          action.name(),
          call -> {
            call.parameters().allowOnly(action.inputs().keySet());
            // The same identities decide and are worked on.
            IamSnapshot configured = services.directory().snapshot();
            return caller -> new IamRequest(call.parameters(), caller, configured, services);
          },
          (exchange, caller) -> {
            requireSessionOfRole(caller, action.name());
            IamRequest asked = exchange.apply(caller);
            action.check(asked.query());
            return action.permissions(asked);
          },
          (exchange, caller) -> action.work().apply(exchange.apply(caller)));
    }

    /** An action that is not built, which only those hear who may call it. */
    private static Operation<QueryCall> notBuilt(String name) {
      return operation(
              name,
              QueryCall::parameters,
              (query, caller) -> {
                requireSessionOfRole(caller, name);
                return List.of(permission(name, caller));
              },
              (query, caller) -> {
                throw QueryError.NOT_IMPLEMENTED.because(name + " is not implemented");
              })
          .notBuilt();
    }

    /** A change on a server whose IAM is read only: refused, whoever asks. */
    static Operation<QueryCall> readOnly(String name) {
      return operation(
          name,
          QueryCall::parameters,
          (query, caller) -> {
            Call.requireSigned(caller);
            throw caller.refusal(permission(name, caller), READ_ONLY);
          },
          (query, caller) -> {
            throw new IllegalStateException("nobody may");
          });
    }

    private static <P> Operation<QueryCall> operation(
        String name,
        Function<QueryCall, P> reader,
        BiFunction<P, Caller, List<Permission>> needed,
        BiFunction<P, Caller, Optional<QueryXml.Content>> work) {
      return QueryService.IAM.operation(name, Call.Authorization.DECLARED, reader, needed, work);
    }

    private static void requireSessionOfRole(Caller caller, String name) {
      Call.requireSigned(caller);
      RolelessSessions.refuse(caller, "iam:" + name);
    }

    private static Permission permission(String name, Caller caller) {
      return Permission.of("iam:" + name, Resource.of("*", caller.principal().account()));
    }
  }
}
