package dev.lakebed.tables.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.pipeline.Call;
import dev.lakebed.tables.route.OperationName;
import dev.lakebed.wire.Response;
import java.util.List;

/** A call whose permissions are known before it runs. */
record PreparedCall(OperationName name, List<Permission> permissions, Work work) implements Call {
  PreparedCall(OperationName name, Permission permission, Work work) {
    this(name, List.of(permission), work);
  }

  @Override
  public String operation() {
    return name.api();
  }

  @Override
  public Response execute(Caller caller) {
    return work.run(caller.principal().account());
  }
}
