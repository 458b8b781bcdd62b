package dev.lakebed.tables.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.pipeline.Call;
import dev.lakebed.tables.route.OperationName;
import dev.lakebed.wire.Response;
import java.util.List;
import java.util.function.Function;

/**
 * A call about the caller's own account, whose permission depends on who calls.
 *
 * @param needed the permissions for an account
 */
record AccountCall(OperationName name, Function<String, List<Permission>> needed, Work work)
    implements Call {
  @Override
  public String operation() {
    return name.api();
  }

  @Override
  public List<Permission> permissions() {
    return List.of();
  }

  @Override
  public Authorization authorization() {
    return Authorization.PER_ITEM;
  }

  @Override
  public Response execute(Caller caller) {
    String account = caller.principal().account();
    needed.apply(account).forEach(caller::require);
    return work.run(account);
  }
}
