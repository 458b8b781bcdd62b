package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredNamespace;
import dev.lakebed.tables.rest.TablesRequest;

/** The namespace a request names; looked up only after permission was asked. */
record NamedNamespace(NamedBucket bucket, String name) {
  static NamedNamespace of(TablesLookup lookup, TablesRequest arguments) {
    return new NamedNamespace(lookup.bucket(arguments), lookup.namespace(arguments).value());
  }

  Permission permission(String action) {
    return bucket.permission(action, S3TablesKeys.namespace(name));
  }

  StoredNamespace find(Namespaces namespaces) {
    return namespaces
        .find(bucket.bucket().id(), name)
        .orElseThrow(() -> new CatalogException(Reason.NO_SUCH_NAMESPACE));
  }
}
