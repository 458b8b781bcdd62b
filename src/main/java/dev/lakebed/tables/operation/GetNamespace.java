package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;

/** Shows a namespace. */
final class GetNamespace {
  private final TablesLookup lookup;
  private final Namespaces namespaces;

  GetNamespace(TablesLookup lookup, Namespaces namespaces) {
    this.lookup = lookup;
    this.namespaces = namespaces;
  }

  Call prepare(TablesRequest arguments) {
    NamedNamespace named = NamedNamespace.of(lookup, arguments);
    return PreparedCall.needing(
        arguments.operation(),
        named.permission(arguments.operation().action()),
        account -> JsonAnswer.ok(NamespaceView.of(named.bucket(), named.find(namespaces)).build()));
  }
}
