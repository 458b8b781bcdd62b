package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.List;

/**
 * Operations of AWS that are not built yet: the caller needs the same permission, and is then told
 * so. AWS SDKs do not repeat a 501.
 */
final class Unbuilt {
  private final TablesLookup lookup;

  Unbuilt(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call prepare(TablesRequest arguments) {
    OperationName name = arguments.operation();
    Work work =
        account -> {
          throw refusal("The operation " + name.api());
        };
    return name.target() == OperationName.ResourceType.ACCOUNT
        ? PreparedCall.needing(name, account -> List.of(lookup.onEveryBucket(name, account)), work)
        : PreparedCall.needing(name, permission(arguments, name), work);
  }

  private Permission permission(TablesRequest arguments, OperationName name) {
    return switch (name.target()) {
      case ACCOUNT, EITHER -> throw new IllegalStateException(name.api() + " is built");
      case BUCKET ->
          lookup
              .bucket(arguments)
              .permission(name.action(), RequestedConfiguration.of(arguments.body()));
      case TABLE -> lookup.table(arguments).permission(name.action());
      case TABLE_ARN -> lookup.tableByArn(arguments).permission(name.action());
    };
  }

  /** Refuses members of a body that would not be honoured. */
  static void refuse(JsonMembers body, String... members) {
    for (String member : members) {
      if (body.has(member)) {
        throw refusal("The parameter " + member);
      }
    }
  }

  private static RuntimeException refusal(String what) {
    return TablesError.NOT_IMPLEMENTED.because(what + " is not implemented by this server.");
  }
}
