package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.pipeline.Call;
import dev.lakebed.query.QueryService;
import dev.lakebed.query.QueryXml;
import dev.lakebed.wire.Request;
import dev.lakebed.wire.Response;
import java.util.List;
import java.util.function.Function;

/** An action of STS, ready to run. */
record StsCall(
    Request request,
    String operation,
    Authorization authorization,
    List<Permission> permissions,
    Function<Caller, QueryXml.Content> action)
    implements Call {
  @Override
  public Response execute(Caller caller) {
    return QueryService.STS.success(request, operation, action.apply(caller));
  }
}
