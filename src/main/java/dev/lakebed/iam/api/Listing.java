package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.List;

/** Pages of entities. */
final class Listing {
  private Listing() {}

  /** A page of all entities of a kind below PathPrefix. */
  static QueryXml.Content of(Exchange x, Kind kind, String list, Paging.Entry<Entity> entry) {
    Paging paging = Paging.of(x.query());
    String prefix = x.find(Parameter.PATH_PREFIX).orElse("/");
    List<Entity> found =
        x.read(
            inventory ->
                inventory.list(kind, prefix, paging).stream().map(inventory::shown).toList());
    return paging.content(list, found, Inventory::key, entry);
  }

  /** A page of entities that are all there. */
  static QueryXml.Content of(
      Exchange x, List<Entity> all, String list, Paging.Entry<Entity> entry) {
    Paging paging = Paging.of(x.query());
    return paging.content(list, paging.slice(all, Inventory::key), Inventory::key, entry);
  }
}
