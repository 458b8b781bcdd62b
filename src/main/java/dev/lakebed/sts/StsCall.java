package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.pipeline.Call;
import dev.lakebed.query.QueryRequest;
import dev.lakebed.query.QueryService;
import dev.lakebed.query.QueryXml;
import dev.lakebed.query.RolelessSessions;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import java.util.List;
import java.util.function.Function;

/** An action of STS, ready to run. */
record StsCall(
    Request request,
    String operation,
    Authorization authorization,
    Function<Caller, List<Permission>> needed,
    Function<Caller, QueryXml.Content> action)
    implements Call {
  /** An action that needs no permission, or asks for its own while it runs. */
  static StsCall of(
      Request request,
      QueryRequest query,
      Authorization authorization,
      Function<Caller, QueryXml.Content> action) {
    return new StsCall(request, query.action(), authorization, caller -> List.of(), action);
  }

  /** An action that needs permissions which the caller determines. */
  static StsCall allowed(
      Request request,
      QueryRequest query,
      Function<Caller, List<Permission>> needed,
      Function<Caller, QueryXml.Content> action) {
    return new StsCall(request, query.action(), Authorization.DECLARED, needed, action);
  }

  @Override
  public List<Permission> permissions(Caller caller) {
    if (!isFor(caller.principal())) {
      RolelessSessions.refuse(caller, "sts:" + operation);
    }
    return needed.apply(caller);
  }

  @Override
  public Response execute(Caller caller) {
    return QueryService.STS.success(request, operation, action.apply(caller));
  }

  /**
   * The two actions that AWS leaves to users with temporary credentials, one to federated users.
   */
  private boolean isFor(Principal who) {
    return switch (operation) {
      case "GetCallerIdentity" -> true;
      case "AssumeRole" -> !(who instanceof Principal.Session session) || !session.federatedUser();
      default -> false;
    };
  }
}
