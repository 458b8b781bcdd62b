package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.route.Arguments;

/** Deletes a namespace that holds no table. */
final class DeleteNamespace {
  private final Lookup lookup;
  private final Namespaces namespaces;

  DeleteNamespace(Lookup lookup, Namespaces namespaces) {
    this.lookup = lookup;
    this.namespaces = namespaces;
  }

  Call prepare(Arguments arguments) {
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
