package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;

/** Deletes a namespace that holds no table. */
final class DeleteNamespace {
  private final TablesLookup lookup;
  private final Namespaces namespaces;

  DeleteNamespace(TablesLookup lookup, Namespaces namespaces) {
    this.lookup = lookup;
    this.namespaces = namespaces;
  }

  Call prepare(TablesRequest arguments) {
    NamedNamespace named = NamedNamespace.of(lookup, arguments);
    return PreparedCall.needing(
        arguments.operation(),
        named.permission(arguments.operation().action()),
        account -> {
          namespaces.delete(named.find(namespaces));
          return JsonAnswer.done();
        });
  }
}
