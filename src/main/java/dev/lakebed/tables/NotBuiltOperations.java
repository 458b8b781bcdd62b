package dev.lakebed.tables;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.RequestedConfiguration;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.List;
import java.util.function.Function;

/**
 * Operations of AWS that are not built yet: the caller needs the same permission, and is then told
 * so. AWS SDKs do not repeat a 501.
 */
record NotBuiltOperations(TablesLookup lookup) {
  Call bind(TablesRequest request) {
    OperationName name = request.operation();
    Function<String, Response> work =
        account -> {
          throw TablesError.notImplemented("The operation " + name.api());
        };
    return name.target() == OperationName.ResourceType.ACCOUNT
        ? request.call(account -> List.of(lookup.onEveryBucket(name, account)), work)
        : request.call(permission(request, name), work);
  }

  private Permission permission(TablesRequest request, OperationName name) {
    return switch (name.target()) {
      case ACCOUNT, EITHER -> throw new IllegalStateException(name.api() + " is built");
      case BUCKET ->
          lookup
              .bucket(request)
              .permission(name.action(), RequestedConfiguration.of(request.body()));
      case TABLE -> lookup.table(request).permission(name.action());
      case TABLE_ARN -> lookup.tableByArn(request).permission(name.action());
    };
  }
}
