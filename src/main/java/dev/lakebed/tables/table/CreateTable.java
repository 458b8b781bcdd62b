package dev.lakebed.tables.table;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.NamedBucket.NamedNamespace;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.RequestedConfiguration;
import dev.lakebed.tables.rest.S3TablesKeys;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.table.TableMetadataOperations.VersionToken;
import dev.lakebed.tables.table.TablePurge.TableFiles;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates a table without metadata: the catalog that asked for it writes the first metadata file
 * into the table's location and then sets it by UpdateTableMetadataLocation.
 */
public record CreateTable(
    TablesLookup lookup, Namespaces namespaces, TablePlacement placement, InstantSource clock) {
  private static final String ICEBERG = "ICEBERG";

  public Call bind(TablesRequest request) {
    NamedNamespace namespace = lookup.namespace(request);
    JsonMembers body = request.body();
    String name = TableName.check(body.text("name"));
    if (!body.text("format").equals(ICEBERG)) {
      throw TablesError.BAD_REQUEST.because("format must be ICEBERG.");
    }
    RequestedConfiguration requested = RequestedConfiguration.of(body);
    UUID id = UUID.randomUUID();
    return request.call(
        permissions(namespace, name, id, body, requested),
        account -> create(account, namespace, name, id, body, requested));
  }

  private static List<Permission> permissions(
      NamedNamespace namespace,
      String name,
      UUID id,
      JsonMembers body,
      RequestedConfiguration requested) {
    List<Permission> permissions = new ArrayList<>();
    permissions.add(
        namespace
            .bucket()
            .permission(
                OperationName.CREATE_TABLE.action(),
                requested.or(S3TablesKeys.namespace(namespace.name()))));
    List<String> onTable = new ArrayList<>();
    if (body.has("metadata")) {
      onTable.add("s3tables:PutTableData");
    }
    onTable.addAll(
        requested.rights(body, "s3tables:PutTableEncryption", "s3tables:PutTableStorageClass"));
    Keys keys = requested.or(S3TablesKeys.table(namespace.name(), name));
    onTable.forEach(action -> permissions.add(namespace.bucket().onNewTable(id, action, keys)));
    return permissions;
  }

  private Response create(
      String account,
      NamedNamespace named,
      String name,
      UUID id,
      JsonMembers body,
      RequestedConfiguration requested) {
    RequestedConfiguration.requireBuilt(body, "metadata", RequestedConfiguration.ENCRYPTION);
    RequestedConfiguration.requireStandard(body);
    StoredNamespace namespace = named.find(namespaces);
    StoredTable.Change created = new StoredTable.Change(clock.instant(), account);
    StoredTable table =
        placement.create(
            new StoredTable(
                id,
                namespace,
                name,
                namespace.name() + '/' + name,
                Optional.empty(),
                VersionToken.random(),
                created,
                created,
                requested.tags()));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("tableARN", new TableArn(named.bucket().named(), table.id()).in(lookup.region()))
            .add("versionToken", table.versionToken()));
  }

  /**
   * Gives a new table its location: {@code NAMESPACE/TABLE} when no table has it and no object is
   * there, else the same with a part of the table's id.
   */
  public static final class TablePlacement {
    private static final int SHORT = 8;

    private final Tables tables;
    private final TableFiles files;

    public TablePlacement(Tables tables, TableFiles files) {
      this.tables = tables;
      this.files = files;
    }

    /**
     * Creates the table at the first free place, or fails with CatalogException as {@link
     * Tables#create}.
     */
    StoredTable create(StoredTable wanted) {
      String id = wanted.id().toString().replace("-", "");
      for (String suffix : List.of("", '-' + id.substring(0, SHORT))) {
        StoredTable table = at(wanted, wanted.location() + suffix);
        if (!files.anyUnder(wanted.namespace().bucket(), table.location() + '/')
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
}
