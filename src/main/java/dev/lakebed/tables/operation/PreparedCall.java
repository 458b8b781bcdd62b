package dev.lakebed.tables.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.tables.access.NamedBucket;
import dev.lakebed.tables.access.NamedTable;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.tables.route.OperationName;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A call whose permissions are known before it runs.
 *
 * @param needed the permissions for a caller of that account
 */
record PreparedCall(OperationName name, Function<String, List<Permission>> needed, Work work)
    implements Call {
  PreparedCall(OperationName name, List<Permission> permissions, Work work) {
    this(name, account -> permissions, work);
  }

  PreparedCall(OperationName name, Permission permission, Work work) {
    this(name, List.of(permission), work);
  }

  /**
   * Needs the operation's own right on a table bucket, which exists when the work begins.
   *
   * @param terms what is asked beside the right, or {@link UnaryOperator#identity}
   */
  static Call on(
      Arguments arguments,
      NamedBucket bucket,
      UnaryOperator<Permission> terms,
      Supplier<Response> work) {
    return new PreparedCall(
        arguments.operation(),
        terms.apply(bucket.permission(arguments.operation().action(), Keys.NONE)),
        account -> {
          bucket.bucket();
          return work.get();
        });
  }

  /** The same on a table. */
  static Call on(
      Arguments arguments,
      NamedTable table,
      UnaryOperator<Permission> terms,
      Supplier<Response> work) {
    return new PreparedCall(
        arguments.operation(),
        terms.apply(table.permission(arguments.operation().action())),
        account -> {
          table.table();
          return work.get();
        });
  }

  @Override
  public String operation() {
    return name.api();
  }

  @Override
  public List<Permission> permissions(Caller caller) {
    return needed.apply(caller.principal().account());
  }

  @Override
  public Response execute(Caller caller) {
    return work.run(caller.principal().account());
  }
}
