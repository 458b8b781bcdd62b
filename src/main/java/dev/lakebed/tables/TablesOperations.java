package dev.lakebed.tables;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.TablesProtocol.TablesServices;
import dev.lakebed.tables.bucket.NamespaceOperations;
import dev.lakebed.tables.bucket.TableBucketOperations;
import dev.lakebed.tables.resource.DefaultConfiguration;
import dev.lakebed.tables.resource.ResourcePolicies;
import dev.lakebed.tables.resource.ResourcePolicies.PolicyDocument;
import dev.lakebed.tables.resource.ResourceTagging;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.RequestedConfiguration;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.table.CreateTable;
import dev.lakebed.tables.table.CreateTable.TablePlacement;
import dev.lakebed.tables.table.TableMetadataOperations;
import dev.lakebed.tables.table.TableOperations;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one table of the S3 Tables operations; what it does not hold is not built. */
final class TablesOperations {
  private final TablesServices services;
  private final TablesLookup lookup;
  private final Map<OperationName, Function<TablesRequest, Call>> built =
      new EnumMap<>(OperationName.class);

  private TablesOperations(TablesServices services) {
    this.services = services;
    this.lookup =
        new TablesLookup(
            services.region(), services.buckets(), services.tables(), services.policies());
  }

  static OperationTable<OperationName, TablesRequest> table(TablesServices services) {
    TablesOperations operations = new TablesOperations(services);
    operations.buckets();
    operations.namespaces();
    operations.tables();
    operations.policies();
    operations.tagging();
    operations.defaults();
    return operations.build();
  }

  private void buckets() {
    TableBucketOperations operations = new TableBucketOperations(lookup, services.buckets());
    add(OperationName.CREATE_TABLE_BUCKET, operations::create)
        .bucket(OperationName.GET_TABLE_BUCKET, operations::get)
        .add(OperationName.LIST_TABLE_BUCKETS, operations::list)
        .bucket(OperationName.DELETE_TABLE_BUCKET, operations::delete);
  }

  private void namespaces() {
    NamespaceOperations operations =
        new NamespaceOperations(lookup, services.namespaces(), services.clock());
    add(OperationName.CREATE_NAMESPACE, operations::create)
        .add(OperationName.GET_NAMESPACE, operations::get)
        .add(OperationName.LIST_NAMESPACES, operations::list)
        .add(OperationName.DELETE_NAMESPACE, operations::delete);
  }

  private void tables() {
    Tables stored = services.tables();
    CreateTable create =
        new CreateTable(
            lookup,
            services.namespaces(),
            new TablePlacement(stored, services.files()),
            services.clock());
    TableOperations operations =
        new TableOperations(
            lookup, services.namespaces(), stored, services.purge(), services.clock());
    TableMetadataOperations metadata =
        new TableMetadataOperations(lookup, stored, services.files(), services.clock());
    add(OperationName.CREATE_TABLE, create::bind)
        .add(OperationName.GET_TABLE, operations::get)
        .add(OperationName.LIST_TABLES, operations::list)
        .add(OperationName.RENAME_TABLE, operations::rename)
        .add(OperationName.DELETE_TABLE, operations::delete)
        .table(OperationName.GET_TABLE_METADATA_LOCATION, metadata::get)
        .add(OperationName.UPDATE_TABLE_METADATA_LOCATION, metadata::update);
  }

  private void policies() {
    ResourcePolicies policies =
        new ResourcePolicies(
            lookup,
            services.accessRules(),
            services.policies(),
            new PolicyDocument(services.principals()));
    add(OperationName.PUT_TABLE_BUCKET_POLICY, policies::putOfBucket)
        .add(OperationName.GET_TABLE_BUCKET_POLICY, policies::getOfBucket)
        .add(OperationName.DELETE_TABLE_BUCKET_POLICY, policies::deleteOfBucket)
        .add(OperationName.PUT_TABLE_POLICY, policies::putOfTable)
        .add(OperationName.GET_TABLE_POLICY, policies::getOfTable)
        .add(OperationName.DELETE_TABLE_POLICY, policies::deleteOfTable);
  }

  private void tagging() {
    ResourceTagging tagging =
        new ResourceTagging(lookup, services.accessRules(), services.tables());
    add(OperationName.TAG_RESOURCE, tagging::tag)
        .add(OperationName.UNTAG_RESOURCE, tagging::untag)
        .add(OperationName.LIST_TAGS_FOR_RESOURCE, tagging::list);
  }

  private void defaults() {
    bucket(
            OperationName.GET_TABLE_BUCKET_STORAGE_CLASS,
            bucket -> DefaultConfiguration.storageClass())
        .bucket(
            OperationName.GET_TABLE_BUCKET_ENCRYPTION,
            bucket -> {
              throw DefaultConfiguration.noEncryption("table bucket");
            })
        .bucket(
            OperationName.GET_TABLE_BUCKET_MAINTENANCE_CONFIGURATION,
            DefaultConfiguration::maintenance)
        .table(OperationName.GET_TABLE_STORAGE_CLASS, table -> DefaultConfiguration.storageClass())
        .table(
            OperationName.GET_TABLE_ENCRYPTION,
            table -> {
              throw DefaultConfiguration.noEncryption("table");
            })
        .table(OperationName.GET_TABLE_MAINTENANCE_CONFIGURATION, DefaultConfiguration::maintenance)
        .table(OperationName.GET_TABLE_MAINTENANCE_JOB_STATUS, DefaultConfiguration::jobStatus);
  }

  /** An operation that takes nothing but the table bucket, and its own right on it. */
  private TablesOperations bucket(OperationName name, Function<NamedBucket, Response> work) {
    return add(name, request -> lookup.bucket(request).call(request, work));
  }

  /** An operation that takes nothing but the table, and its own right on it. */
  private TablesOperations table(OperationName name, Function<NamedTable, Response> work) {
    return add(name, request -> lookup.table(request).call(request, work));
  }

  private TablesOperations add(OperationName name, Function<TablesRequest, Call> binding) {
    built.put(name, binding);
    return this;
  }

  private OperationTable<OperationName, TablesRequest> build() {
    NotBuiltOperations notBuilt = new NotBuiltOperations(lookup);
    OperationTable.Builder<OperationName, TablesRequest> all = OperationTable.builder();
    for (OperationName name : OperationName.values()) {
      Function<TablesRequest, Call> binding = built.getOrDefault(name, notBuilt::bind);
      all.add(
          name,
          new Operation<>(
              name.api(),
              name.reads() ? Effect.READS : Effect.ADMINISTERS,
              built.containsKey(name),
              (api, request) -> binding.apply(request)));
    }
    return all.build();
  }

  /**
   * Operations of AWS that are not built yet: the caller needs the same permission, and is then
   * told so. AWS SDKs do not repeat a 501.
   */
  private record NotBuiltOperations(TablesLookup lookup) {
    Call bind(TablesRequest request) {
      OperationName name = request.operation();
      Function<String, Response> work =
          account -> {
            throw TablesError.notImplemented("The operation " + name.api());
          };
      return name.target() == OperationName.ResourceType.ACCOUNT
          ? request.call(account -> List.of(lookup.onEveryBucket(name, account)), work)
          : request.call(permission(request, name), work);
    }

    private Permission permission(TablesRequest request, OperationName name) {
      return switch (name.target()) {
        case ACCOUNT, EITHER -> throw new IllegalStateException(name.api() + " is built");
        case BUCKET ->
            lookup
                .bucket(request)
                .permission(name.action(), RequestedConfiguration.of(request.body()));
        case TABLE -> lookup.table(request).permission(name.action());
        case TABLE_ARN -> lookup.tableByArn(request).permission(name.action());
      };
    }
  }
}
