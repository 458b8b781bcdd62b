package dev.lakebed.tables.operation;

import dev.lakebed.metadata.tables.Namespaces;
import dev.lakebed.metadata.tables.StoredNamespace;
import dev.lakebed.metadata.tables.StoredTable;
import dev.lakebed.pipeline.Call;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.error.TablesError;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.json.JsonMembers;
import dev.lakebed.tables.name.TableArn;
import dev.lakebed.tables.name.TableName;
import dev.lakebed.tables.name.VersionToken;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.wire.Response;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates a table without metadata: the catalog that asked for it writes the first metadata file
 * into the table's location and then sets it by UpdateTableMetadataLocation.
 */
final class CreateTable implements Operation {
  private static final String ICEBERG = "ICEBERG";

  private final Lookup lookup;
  private final Namespaces namespaces;
  private final TablePlacement placement;
  private final InstantSource clock;

  CreateTable(Lookup lookup, Namespaces namespaces, TablePlacement placement, InstantSource clock) {
    this.lookup = lookup;
    this.namespaces = namespaces;
    this.placement = placement;
    this.clock = clock;
  }

  @Override
  public Call prepare(Arguments arguments) {
    NamedNamespace namespace = NamedNamespace.of(lookup, arguments);
    JsonMembers body = arguments.body();
    TableName name = new TableName(body.text("name"));
    if (!body.text("format").equals(ICEBERG)) {
      throw TablesError.BAD_REQUEST.because("format must be ICEBERG.");
    }
    return new PreparedCall(
        arguments.operation(),
        namespace.permission(arguments.operation().action()),
        account -> create(account, namespace, name, body));
  }

  private Response create(String account, NamedNamespace named, TableName name, JsonMembers body) {
    Unbuilt.refuse(body, "metadata", "encryptionConfiguration", "tags");
    StorageClass.check(body);
    StoredNamespace namespace = named.find(namespaces);
    StoredTable.Change created = new StoredTable.Change(clock.instant(), account);
    StoredTable table =
        placement.create(
            new StoredTable(
                UUID.randomUUID(),
                namespace,
                name.value(),
                namespace.name() + '/' + name.value(),
                Optional.empty(),
                VersionToken.random().value(),
                created,
                created));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("tableARN", new TableArn(named.bucket().named(), table.id()).in(lookup.region()))
            .add("versionToken", table.versionToken())
            .build());
  }
}
