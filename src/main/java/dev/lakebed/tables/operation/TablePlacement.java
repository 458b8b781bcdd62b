package dev.lakebed.tables.operation;

import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.Tables;
import java.util.List;

/**
 * Gives a new table its location: {@code NAMESPACE/TABLE} when no table has it and no object is
 * there, else the same with a part of the table's id.
 */
final class TablePlacement {
  private static final int SHORT = 8;

  private final Tables tables;
  private final TablesServices.ObjectExistence objects;

  TablePlacement(Tables tables, TablesServices.ObjectExistence objects) {
    this.tables = tables;
    this.objects = objects;
  }

  /**
   * Creates the table at the first free place.
   *
   * @throws CatalogException as {@link Tables#create}
   */
  StoredTable create(StoredTable wanted) {
    String id = wanted.id().toString().replace("-", "");
    for (String suffix : List.of("", '-' + id.substring(0, SHORT))) {
      StoredTable table = at(wanted, wanted.location() + suffix);
      if (!objects.anyUnder(wanted.namespace().bucket(), table.location() + '/')
          && created(table)) {
        return table;
      }
    }
    StoredTable last = at(wanted, wanted.location() + '-' + id);
    tables.create(last);
    return last;
  }

  private boolean created(StoredTable table) {
    try {
      tables.create(table);
      return true;
    } catch (CatalogException refused) {
      if (refused.reason() == Reason.LOCATION_TAKEN) {
        return false;
      }
      throw refused;
    }
  }

  private static StoredTable at(StoredTable table, String location) {
    return new StoredTable(
        table.id(),
        table.namespace(),
        table.name(),
        location,
        table.metadataLocation(),
        table.versionToken(),
        table.created(),
        table.modified(),
        table.tags());
  }
}
