package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.route.Arguments;

/** Shows a namespace. */
final class GetNamespace {
  private final Lookup lookup;
  private final Namespaces namespaces;

  GetNamespace(Lookup lookup, Namespaces namespaces) {
    this.lookup = lookup;
    this.namespaces = namespaces;
  }

  Call prepare(Arguments arguments) {
    NamedNamespace named = NamedNamespace.of(lookup, arguments);
    return PreparedCall.needing(
        arguments.operation(),
        named.permission(arguments.operation().action()),
        account -> JsonAnswer.ok(NamespaceView.of(named.bucket(), named.find(namespaces)).build()));
  }
}
