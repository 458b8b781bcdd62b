package dev.lakebed.tables.operation;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.storage.metadata.StoredPolicy;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.Optional;
import java.util.function.Function;

/** PutTablePolicy, GetTablePolicy, DeleteTablePolicy. */
final class PoliciesOfTables {
  private final TablesLookup lookup;
  private final TablePolicies policies;
  private final PolicyBody bodies;

  PoliciesOfTables(TablesLookup lookup, TablePolicies policies, PolicyBody bodies) {
    this.lookup = lookup;
    this.policies = policies;
    this.bodies = bodies;
  }

  Call put(TablesRequest arguments) {
    return call(
        arguments,
        table ->
            set(
                table,
                Optional.of(
                    bodies.read(
                        arguments.body(), "table policy", ResourceActions.OF_TABLE, table.arn()))));
  }

  Call get(TablesRequest arguments) {
    return call(arguments, table -> bodies.show(table.policy().orElseThrow(PolicyBody::missing)));
  }

  Call delete(TablesRequest arguments) {
    return call(arguments, table -> set(table, Optional.empty()));
  }

  private Response set(NamedTable table, Optional<StoredPolicy> policy) {
    policies.set(table.table().id(), policy);
    policy.ifPresent(set -> PolicyWarnings.log(set.policy(), table.arn()));
    return JsonAnswer.done();
  }

  private Call call(TablesRequest arguments, Function<NamedTable, Response> work) {
    NamedTable table = lookup.table(arguments);
    return PreparedCall.on(arguments, table, PolicyBody::managing, () -> work.apply(table));
  }
}
