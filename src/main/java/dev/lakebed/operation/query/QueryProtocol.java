package dev.lakebed.operation.query;

import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.query.QueryService.QueryCall;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** A protocol whose operations are named by a parameter, in query string or body. */
public abstract class QueryProtocol implements Protocol {
  private final Kind kind;
  private final QueryService service;
  private final OperationTable<String, QueryCall> operations;

  protected QueryProtocol(
      Kind kind, QueryService service, OperationTable<String, QueryCall> operations) {
    this.kind = kind;
    this.service = service;
    this.operations = operations;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    QueryRequest query = QueryRequest.read(request, service.version());
    return find(query.action()).bind(new QueryCall(request, query));
  }

  /** The operation of that name. Fails with InvalidAction when there is none. */
  protected Operation<? super QueryCall> find(String action) {
    return operations
        .find(action)
        .orElseThrow(
            () ->
                QueryError.INVALID_ACTION.because(
                    "Could not find the requested operation for version " + service.version()));
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
    return service.failure(request, failure);
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return Refusals.translate(failure).error().code();
  }
}
