package dev.lakebed.iam.api;

import dev.lakebed.pipeline.Call;
import dev.lakebed.pipeline.Protocol;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryRequest;
import dev.lakebed.query.QueryService;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import java.io.IOException;

/** IAM. No action is built yet: identities come from the configuration file alone. */
public final class IamProtocol implements Protocol {
  private final boolean readOnly;

  /**
   * The service.
   *
   * @param readOnly whether every action that changes something is denied, {@code -s3.iam.readOnly}
   */
  public IamProtocol(boolean readOnly) {
    this.readOnly = readOnly;
  }

  @Override
  public Kind kind() {
    return Kind.IAM;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    String action = QueryRequest.read(request, QueryService.IAM.version()).action();
    if (!IamActions.exists(action)) {
      throw new QueryException(
          QueryError.INVALID_ACTION,
          "Could not find the requested operation for version " + QueryService.IAM.version());
    }
    if (readOnly && !IamActions.isRead(action)) {
      throw new QueryException(
          QueryError.ACCESS_DENIED, action + " is denied: IAM is read only on this server");
    }
    throw new QueryException(
        QueryError.NOT_IMPLEMENTED,
        action + " is not implemented; identities are defined in the configuration file");
  }

  @Override
  public Response error(Request request, Throwable failure) {
    return QueryService.IAM.failure(request, failure);
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return QueryService.errorCode(failure);
  }
}
