package dev.lakebed.iam.api;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Resource;
import dev.lakebed.pipeline.Call;
import dev.lakebed.policy.Decision;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryRequest;
import dev.lakebed.query.QueryService;
import dev.lakebed.query.RolelessSessions;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import java.util.List;

/**
 * An action of IAM, ready to run. On what it is authorised depends on the caller: a request may
 * leave out the name of the user, or ask for another account.
 */
record IamCall(Request request, QueryRequest query, Action action, Services services)
    implements Call {
  @Override
  public String operation() {
    return action.name();
  }

  @Override
  public List<Permission> permissions(Caller caller) {
    Call.requireSigned(caller);
    RolelessSessions.refuse(caller, "iam:" + action.name());
    action.check(query);
    return action.permissions(exchange(caller));
  }

  @Override
  public Response execute(Caller caller) {
    return action
        .work()
        .run(exchange(caller))
        .map(content -> QueryService.IAM.success(request, action.name(), content))
        .orElseGet(() -> QueryService.IAM.success(request, action.name()));
  }

  private Exchange exchange(Caller caller) {
    return new Exchange(query, caller, services.directory().snapshot(), services);
  }

  /** An action that is not built, which only those hear who may call it. */
  record NotBuilt(String operation) implements Call {
    @Override
    public List<Permission> permissions(Caller caller) {
      Call.requireSigned(caller);
      RolelessSessions.refuse(caller, "iam:" + operation);
      return List.of(
          Permission.of("iam:" + operation, Resource.of("*", caller.principal().account())));
    }

    @Override
    public Response execute(Caller caller) {
      throw new QueryException(QueryError.NOT_IMPLEMENTED, operation + " is not implemented");
    }
  }

  /** A change on a server whose IAM is read only: refused, whoever asks. */
  record ReadOnly(String operation) implements Call {
    private static final Decision DECISION =
        new Decision.Prevented(
            "ReadOnlyIam",
            "because IAM is read only on this server, which LAKEBED_IAM_READ_ONLY=false changes");

    @Override
    public List<Permission> permissions(Caller caller) {
      Call.requireSigned(caller);
      Resource account = Resource.of("*", caller.principal().account());
      throw caller.refusal(Permission.of("iam:" + operation, account), DECISION);
    }

    @Override
    public Response execute(Caller caller) {
      throw new IllegalStateException("nobody may");
    }
  }
}
