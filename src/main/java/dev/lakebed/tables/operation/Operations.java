package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.storage.metadata.Buckets;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TablesRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The table of operations; what it does not hold is not built. */
public final class Operations {
  private final Map<OperationName, Function<TablesRequest, Call>> built =
      new EnumMap<>(OperationName.class);
  private final OperationTable<OperationName, TablesRequest> table;

  /** All operations, working with these services. */
  public Operations(TablesServices services) {
    TablesLookup lookup =
        new TablesLookup(
            services.region(), services.buckets(), services.tables(), services.policies());
    addBuckets(services, lookup);
    addNamespaces(services, lookup);
    addTables(services, lookup);
    addPolicies(services, lookup);
    addTags(services, lookup);
    addSettings(lookup);
    this.table = table(new Unbuilt(lookup));
  }

  private OperationTable<OperationName, TablesRequest> table(Unbuilt unbuilt) {
    OperationTable.Builder<OperationName, TablesRequest> all = OperationTable.builder();
    for (OperationName name : OperationName.values()) {
      Function<TablesRequest, Call> preparation = built.getOrDefault(name, unbuilt::prepare);
      all.add(
          name,
          new Operation<>(
              name.api(),
              name.reads() ? Effect.READS : Effect.ADMINISTERS,
              (api, arguments) -> preparation.apply(arguments)));
    }
    return all.build();
  }

  private void addPolicies(TablesServices services, TablesLookup lookup) {
    PolicyBody bodies = new PolicyBody(services.principals());
    BucketPolicies ofBuckets = new BucketPolicies(lookup, services.accessRules(), bodies);
    built.put(OperationName.PUT_TABLE_BUCKET_POLICY, ofBuckets::put);
    built.put(OperationName.GET_TABLE_BUCKET_POLICY, ofBuckets::get);
    built.put(OperationName.DELETE_TABLE_BUCKET_POLICY, ofBuckets::delete);
    PoliciesOfTables ofTables = new PoliciesOfTables(lookup, services.policies(), bodies);
    built.put(OperationName.PUT_TABLE_POLICY, ofTables::put);
    built.put(OperationName.GET_TABLE_POLICY, ofTables::get);
    built.put(OperationName.DELETE_TABLE_POLICY, ofTables::delete);
  }

  private void addTags(TablesServices services, TablesLookup lookup) {
    ResourceTagging tagging =
        new ResourceTagging(lookup, services.accessRules(), services.tables());
    built.put(OperationName.TAG_RESOURCE, tagging::tag);
    built.put(OperationName.UNTAG_RESOURCE, tagging::untag);
    built.put(OperationName.LIST_TAGS_FOR_RESOURCE, tagging::list);
  }

  private void addBuckets(TablesServices services, TablesLookup lookup) {
    Buckets buckets = services.buckets();
    String region = services.region();
    built.put(OperationName.CREATE_TABLE_BUCKET, new CreateTableBucket(region, buckets)::prepare);
    built.put(OperationName.GET_TABLE_BUCKET, new GetTableBucket(lookup)::prepare);
    built.put(OperationName.LIST_TABLE_BUCKETS, new ListTableBuckets(lookup, buckets)::prepare);
    built.put(OperationName.DELETE_TABLE_BUCKET, new DeleteTableBucket(lookup, buckets)::prepare);
  }

  private void addNamespaces(TablesServices services, TablesLookup lookup) {
    Namespaces namespaces = services.namespaces();
    built.put(
        OperationName.CREATE_NAMESPACE,
        new CreateNamespace(lookup, namespaces, services.clock())::prepare);
    built.put(OperationName.GET_NAMESPACE, new GetNamespace(lookup, namespaces)::prepare);
    built.put(OperationName.LIST_NAMESPACES, new ListNamespaces(lookup, namespaces)::prepare);
    built.put(OperationName.DELETE_NAMESPACE, new DeleteNamespace(lookup, namespaces)::prepare);
  }

  private void addTables(TablesServices services, TablesLookup lookup) {
    Tables tables = services.tables();
    built.put(
        OperationName.CREATE_TABLE,
        new CreateTable(
                lookup,
                services.namespaces(),
                new TablePlacement(tables, services.objects()),
                services.clock())
            ::prepare);
    built.put(OperationName.GET_TABLE, new GetTable(lookup)::prepare);
    built.put(
        OperationName.LIST_TABLES, new ListTables(lookup, services.namespaces(), tables)::prepare);
    built.put(
        OperationName.DELETE_TABLE, new DeleteTable(lookup, tables, services.purge())::prepare);
    built.put(
        OperationName.RENAME_TABLE, new RenameTable(lookup, tables, services.clock())::prepare);
    built.put(
        OperationName.GET_TABLE_METADATA_LOCATION, new GetTableMetadataLocation(lookup)::prepare);
    built.put(
        OperationName.UPDATE_TABLE_METADATA_LOCATION,
        new UpdateTableMetadataLocation(lookup, tables, services.objects(), services.clock())
            ::prepare);
  }

  private void addSettings(TablesLookup lookup) {
    GetStorageClass storageClass = new GetStorageClass(lookup);
    built.put(OperationName.GET_TABLE_BUCKET_STORAGE_CLASS, storageClass::ofBucket);
    built.put(OperationName.GET_TABLE_STORAGE_CLASS, storageClass::ofTable);
    GetEncryption encryption = new GetEncryption(lookup);
    built.put(OperationName.GET_TABLE_BUCKET_ENCRYPTION, encryption::ofBucket);
    built.put(OperationName.GET_TABLE_ENCRYPTION, encryption::ofTable);
    GetMaintenanceConfiguration maintenance = new GetMaintenanceConfiguration(lookup);
    built.put(OperationName.GET_TABLE_BUCKET_MAINTENANCE_CONFIGURATION, maintenance::ofBucket);
    built.put(OperationName.GET_TABLE_MAINTENANCE_CONFIGURATION, maintenance::ofTable);
    built.put(
        OperationName.GET_TABLE_MAINTENANCE_JOB_STATUS,
        new GetTableMaintenanceJobStatus(lookup)::prepare);
  }

  /** What an operation does. */
  public Optional<Effect> effect(String name) {
    return table.effect(name);
  }

  /** All of them, built or not. */
  public Collection<Operation<? super TablesRequest>> all() {
    return table.all();
  }

  /** Parses the parameters of the operation and finds what they name. */
  public Call prepare(TablesRequest arguments) throws IOException {
    return table.find(arguments.operation()).orElseThrow().bind(arguments);
  }
}
