package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Calls whose permissions are known before they run. */
final class PreparedCall {
  private PreparedCall() {}

  static Call needing(OperationName name, Function<String, List<Permission>> needed, Work work) {
    return Call.needing(
        name.api(),
        caller -> needed.apply(caller.principal().account()),
        caller -> work.run(caller.principal().account()));
  }

  static Call needing(OperationName name, List<Permission> permissions, Work work) {
    return needing(name, account -> permissions, work);
  }

  static Call needing(OperationName name, Permission permission, Work work) {
    return needing(name, List.of(permission), work);
  }

  /**
   * Needs the operation's own right on a table bucket, which exists when the work begins.
   *
   * @param terms what is asked beside the right, or {@link UnaryOperator#identity}
   */
  static Call on(
      TablesRequest arguments,
      NamedBucket bucket,
      UnaryOperator<Permission> terms,
      Supplier<Response> work) {
    return needing(
        arguments.operation(),
        terms.apply(bucket.permission(arguments.operation().action(), Keys.NONE)),
        account -> {
          bucket.bucket();
          return work.get();
        });
  }

  /** The same on a table. */
  static Call on(
      TablesRequest arguments,
      NamedTable table,
      UnaryOperator<Permission> terms,
      Supplier<Response> work) {
    return needing(
        arguments.operation(),
        terms.apply(table.permission(arguments.operation().action())),
        account -> {
          table.table();
          return work.get();
        });
  }
}
