package dev.lakebed.iam.api;

import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryService;
import dev.lakebed.operation.query.QueryService.QueryCall;
import dev.lakebed.storage.metadata.iam.IamStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** IAM: users, groups, roles, policies and providers of the caller's account. */
public final class IamProtocol implements Protocol {
  private final BooleanSupplier readOnly;
  private final ActionTable built = ActionTable.built();
  private final OperationTable<String, QueryCall> operations;

  /**
   * The service.
   *
   * @param readOnly whether every action that changes something is denied now, {@code
   *     -s3.iam.readOnly}
   */
  public IamProtocol(BooleanSupplier readOnly, Services services) {
    this.readOnly = readOnly;
    this.operations = IamOperations.of(built, services);
  }

  @Override
  public Kind kind() {
    return Kind.IAM;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    QueryRequest query = QueryRequest.read(request, QueryService.IAM.version());
    String name = query.action();
    Operation<? super QueryCall> operation = QueryService.IAM.find(operations, name);
    boolean changes = built.find(name).isPresent() && !IamActions.isRead(name);
    Operation<? super QueryCall> allowed =
        changes && readOnly.getAsBoolean() ? IamOperations.readOnly(name) : operation;
    return allowed.bind(new QueryCall(request, query));
  }

  @Override
  public Collection<Operation<?>> operations() {
    return List.copyOf(operations.all());
  }

  /** Every action makes, ends, changes or tells about identities and sessions. */
  @Override
  public Effect effect(String operation) {
    return Effect.ADMINISTERS;
  }

  @Override
  public Response error(Request request, Throwable failure) {
    return QueryService.IAM.failure(request, failure);
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return QueryService.errorCode(failure);
  }

  /**
   * What the actions work on.
   *
   * @param directory identities of the configuration
   * @param store identities of the database
   * @param uses when keys were used
   */
  public record Services(
      IamDirectory directory, IamStore store, UseLog uses, InstantSource clock) {}

  /**
   * The actions of the IAM API, so that one that is not built yet is told from one that does not
   * exist.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html">AWS, IAM
   *     actions</a>
   */
  static final class IamActions {
    private IamActions() {}

    /** Whether the action changes nothing; AWS names them so without exception. */
    static boolean isRead(String action) {
      return action.startsWith("Get")
          || action.startsWith("List")
          || action.startsWith("Simulate")
          || action.startsWith("Generate");
    }
  }
}
