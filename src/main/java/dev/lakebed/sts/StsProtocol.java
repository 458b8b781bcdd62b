package dev.lakebed.sts;

import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.AuthorizationMessages;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.query.QueryCall;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryService;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** STS: POST or GET at any path, since a catalog may put {@code /sts} behind the endpoint. */
public final class StsProtocol implements Protocol {
  private final OperationTable<String, QueryCall> operations;

  /**
   * The service.
   *
   * @param identities the identities in force, asked once for each request
   * @param messages opens encoded authorization messages
   * @param revocations ends sessions
   * @param federation what identities from elsewhere need
   */
  public StsProtocol(
      Supplier<IdentityView> identities,
      SessionTokens tokens,
      AuthorizationMessages messages,
      RevocationWatch revocations,
      Clock clock,
      Federation federation) {
    this.operations =
        StsOperations.of(
            new Sessions(identities, tokens, clock), messages, revocations, clock, federation);
  }

  @Override
  public Kind kind() {
    return Kind.STS;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    QueryRequest query = QueryRequest.read(request, QueryService.STS.version());
    return QueryService.STS.find(operations, query.action()).bind(new QueryCall(request, query));
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
    return QueryService.STS.failure(request, failure);
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return QueryService.errorCode(failure);
  }
}
