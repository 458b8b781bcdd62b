package dev.lakebed.tables;

import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesError.TablesException;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.table.TablePurge;
import dev.lakebed.tables.table.TablePurge.TableFiles;
import dev.lakebed.task.FailureLog;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Amazon S3 Tables (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3_Tables.html">AWS,
 * S3 Tables API</a>): REST with JSON bodies and ARNs as single path segments; also the {@code
 * X-Amz-Target} form that SeaweedFS serves.
 */
public final class TablesProtocol implements Protocol {
  private static final FailureLog FAILURES =
      new FailureLog(System.getLogger(TablesProtocol.class.getName()), System::nanoTime);

  private final OperationTable<OperationName, TablesRequest> operations;

  public TablesProtocol(TablesServices services) {
    this.operations = TablesOperations.table(services);
  }

  @Override
  public Kind kind() {
    return Kind.S3TABLES;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    TablesRequest parsed = TablesRouter.resolve(request);
    return operations.find(parsed.operation()).orElseThrow().bind(parsed);
  }

  @Override
  public Optional<String> operation(Request request) {
    return TablesRouter.operation(request).map(OperationName::api);
  }

  @Override
  public Collection<Operation<?>> operations() {
    return List.copyOf(operations.all());
  }

  /** One that is not known counts as a change. */
  @Override
  public Effect effect(String operation) {
    return operations.effect(operation).orElse(Effect.ADMINISTERS);
  }

  /** Status, {@code x-amzn-ErrorType} and {@code message}; the cause of a 5xx is logged. */
  @Override
  public Response error(Request request, Throwable failure) {
    TablesException answer = translate(request, failure);
    TablesError error = answer.error();
    boolean failed =
        error == TablesError.INTERNAL_SERVER_ERROR || error == TablesError.SERVICE_UNAVAILABLE;
    if (failed && !(failure instanceof ServerBusyException)) {
      FAILURES.add("request " + request.id() + " failed", failure);
    }
    JsonObjectBuilder body = JsonAnswer.object();
    if (TablesRouter.isTargetForm(request)) {
      body.add("__type", error.type());
    }
    body.add("message", String.valueOf(answer.getMessage()));
    Headers.Builder headers = Headers.builder().add("x-amzn-ErrorType", error.type());
    Optional<AccessDeniedException> denied = answer.denied();
    if (denied.isPresent()) {
      headers.add("x-lakebed-decision-id", denied.get().decisionId());
      body.add("decisionId", denied.get().decisionId());
    }
    Optional<String> message = denied.flatMap(AccessDeniedException::encodedMessage);
    if (message.isPresent()) {
      headers.add("x-lakebed-authorization-message", message.get());
      body.add("encodedMessage", message.get());
    }
    return JsonAnswer.response(error.status(), headers, body.build().toString());
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return translate(request, failure).error().type();
  }

  private static TablesException translate(Request request, Throwable failure) {
    TablesError denied =
        TablesRouter.operation(request)
            .map(OperationName::denied)
            .orElse(TablesError.ACCESS_DENIED);
    return TablesException.translate(failure, denied);
  }

  /**
   * What the operations work with.
   *
   * @param region region of the ARNs that answers and policies use, for example {@code us-east-1}
   * @param buckets all buckets; table buckets share their name space
   */
  public record TablesServices(
      String region,
      Buckets buckets,
      AccessRules accessRules,
      Namespaces namespaces,
      Tables tables,
      TablePolicies policies,
      PrincipalBinding principals,
      TableFiles files,
      TablePurge purge,
      InstantSource clock) {}
}
