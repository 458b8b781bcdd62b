package dev.lakebed.tables.operation;

import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.operation.CreateTable.TablePlacement;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TablesRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The table of operations; what it does not hold is not built. */
public final class TablesOperations {
  private final Map<OperationName, Function<TablesRequest, Call>> built =
      new EnumMap<>(OperationName.class);
  private final OperationTable<OperationName, TablesRequest> table;

  /** All operations, working with these services. */
  public TablesOperations(TablesServices services) {
    TablesLookup lookup =
        new TablesLookup(
            services.region(), services.buckets(), services.tables(), services.policies());
    addBuckets(services, lookup);
    addNamespaces(services, lookup);
    addTables(services, lookup);
    addPolicies(services, lookup);
    addTags(services, lookup);
    addConfiguration(lookup);
    this.table = table(new NotBuiltOperations(lookup));
  }

  private OperationTable<OperationName, TablesRequest> table(NotBuiltOperations notBuilt) {
    OperationTable.Builder<OperationName, TablesRequest> all = OperationTable.builder();
    for (OperationName name : OperationName.values()) {
      Function<TablesRequest, Call> preparation = built.getOrDefault(name, notBuilt::prepare);
      all.add(
          name,
          new Operation<>(
              name.api(),
              name.reads() ? Effect.READS : Effect.ADMINISTERS,
              built.containsKey(name),
              (api, arguments) -> preparation.apply(arguments)));
    }
    return all.build();
  }

  private void addPolicies(TablesServices services, TablesLookup lookup) {
    ResourcePolicies policies =
        new ResourcePolicies(
            lookup,
            services.accessRules(),
            services.policies(),
            new PolicyDocument(services.principals()));
    built.put(OperationName.PUT_TABLE_BUCKET_POLICY, policies::putOfBucket);
    built.put(OperationName.GET_TABLE_BUCKET_POLICY, policies::getOfBucket);
    built.put(OperationName.DELETE_TABLE_BUCKET_POLICY, policies::deleteOfBucket);
    built.put(OperationName.PUT_TABLE_POLICY, policies::putOfTable);
    built.put(OperationName.GET_TABLE_POLICY, policies::getOfTable);
    built.put(OperationName.DELETE_TABLE_POLICY, policies::deleteOfTable);
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
    TableBucketOperations operations = new TableBucketOperations(lookup, buckets);
    built.put(
        OperationName.CREATE_TABLE_BUCKET,
        new CreateTableBucket(services.region(), buckets)::prepare);
    built.put(OperationName.GET_TABLE_BUCKET, operations::get);
    built.put(OperationName.LIST_TABLE_BUCKETS, operations::list);
    built.put(OperationName.DELETE_TABLE_BUCKET, operations::delete);
  }

  private void addNamespaces(TablesServices services, TablesLookup lookup) {
    NamespaceOperations operations =
        new NamespaceOperations(lookup, services.namespaces(), services.clock());
    built.put(OperationName.CREATE_NAMESPACE, operations::create);
    built.put(OperationName.GET_NAMESPACE, operations::get);
    built.put(OperationName.LIST_NAMESPACES, operations::list);
    built.put(OperationName.DELETE_NAMESPACE, operations::delete);
  }

  private void addTables(TablesServices services, TablesLookup lookup) {
    Tables tables = services.tables();
    TableOperations operations =
        new TableOperations(lookup, services.namespaces(), tables, services.purge());
    TableMetadataOperations metadata =
        new TableMetadataOperations(lookup, tables, services.objects(), services.clock());
    built.put(
        OperationName.CREATE_TABLE,
        new CreateTable(
                lookup,
                services.namespaces(),
                new TablePlacement(tables, services.objects()),
                services.clock())
            ::prepare);
    built.put(OperationName.GET_TABLE, operations::get);
    built.put(OperationName.LIST_TABLES, operations::list);
    built.put(OperationName.DELETE_TABLE, operations::delete);
    built.put(
        OperationName.RENAME_TABLE, new RenameTable(lookup, tables, services.clock())::prepare);
    built.put(OperationName.GET_TABLE_METADATA_LOCATION, metadata::get);
    built.put(OperationName.UPDATE_TABLE_METADATA_LOCATION, metadata::update);
  }

  private void addConfiguration(TablesLookup lookup) {
    DefaultConfiguration defaults = new DefaultConfiguration(lookup);
    built.put(OperationName.GET_TABLE_BUCKET_STORAGE_CLASS, defaults::storageClassOfBucket);
    built.put(OperationName.GET_TABLE_STORAGE_CLASS, defaults::storageClassOfTable);
    built.put(OperationName.GET_TABLE_BUCKET_ENCRYPTION, defaults::encryptionOfBucket);
    built.put(OperationName.GET_TABLE_ENCRYPTION, defaults::encryptionOfTable);
    built.put(
        OperationName.GET_TABLE_BUCKET_MAINTENANCE_CONFIGURATION, defaults::maintenanceOfBucket);
    built.put(OperationName.GET_TABLE_MAINTENANCE_CONFIGURATION, defaults::maintenanceOfTable);
    built.put(OperationName.GET_TABLE_MAINTENANCE_JOB_STATUS, defaults::maintenanceJobStatus);
  }

  public Optional<Effect> effect(String name) {
    return table.effect(name);
  }

  /** All of them, built or not. */
  public Collection<Operation<? super TablesRequest>> all() {
    return table.all();
  }

  /** Parses the parameters of the operation and finds what they name. */
  public Call prepare(TablesRequest request) throws IOException {
    return table.find(request.operation()).orElseThrow().bind(request);
  }
}
