package dev.lakebed.tables.operation;

import dev.lakebed.metadata.Buckets;
import dev.lakebed.metadata.tables.Namespaces;
import dev.lakebed.metadata.tables.Tables;
import dev.lakebed.pipeline.Call;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.tables.route.OperationName;
import java.util.EnumMap;
import java.util.Map;

/** The table of operations; what it does not hold is not built. */
public final class Operations {
  private final Map<OperationName, Operation> built = new EnumMap<>(OperationName.class);
  private final Operation unbuilt;

  /** All operations, working with these services. */
  public Operations(Services services) {
    Lookup lookup =
        new Lookup(services.region(), services.buckets(), services.tables(), services.policies());
    this.unbuilt = new Unbuilt(lookup);
    addBuckets(services, lookup);
    addNamespaces(services, lookup);
    addTables(services, lookup);
    addPolicies(services, lookup);
    addTags(services, lookup);
    addSettings(lookup);
  }

  private void addPolicies(Services services, Lookup lookup) {
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

  private void addTags(Services services, Lookup lookup) {
    ResourceTagging tagging =
        new ResourceTagging(lookup, services.accessRules(), services.tables());
    built.put(OperationName.TAG_RESOURCE, tagging::tag);
    built.put(OperationName.UNTAG_RESOURCE, tagging::untag);
    built.put(OperationName.LIST_TAGS_FOR_RESOURCE, tagging::list);
  }

  private void addBuckets(Services services, Lookup lookup) {
    Buckets buckets = services.buckets();
    String region = services.region();
    built.put(OperationName.CREATE_TABLE_BUCKET, new CreateTableBucket(region, buckets));
    built.put(OperationName.GET_TABLE_BUCKET, new GetTableBucket(lookup));
    built.put(OperationName.LIST_TABLE_BUCKETS, new ListTableBuckets(lookup, buckets));
    built.put(OperationName.DELETE_TABLE_BUCKET, new DeleteTableBucket(lookup, buckets));
  }

  private void addNamespaces(Services services, Lookup lookup) {
    Namespaces namespaces = services.namespaces();
    built.put(
        OperationName.CREATE_NAMESPACE, new CreateNamespace(lookup, namespaces, services.clock()));
    built.put(OperationName.GET_NAMESPACE, new GetNamespace(lookup, namespaces));
    built.put(OperationName.LIST_NAMESPACES, new ListNamespaces(lookup, namespaces));
    built.put(OperationName.DELETE_NAMESPACE, new DeleteNamespace(lookup, namespaces));
  }

  private void addTables(Services services, Lookup lookup) {
    Tables tables = services.tables();
    built.put(
        OperationName.CREATE_TABLE,
        new CreateTable(
            lookup,
            services.namespaces(),
            new TablePlacement(tables, services.objects()),
            services.clock()));
    built.put(OperationName.GET_TABLE, new GetTable(lookup));
    built.put(OperationName.LIST_TABLES, new ListTables(lookup, services.namespaces(), tables));
    built.put(OperationName.DELETE_TABLE, new DeleteTable(lookup, tables, services.purge()));
    built.put(OperationName.RENAME_TABLE, new RenameTable(lookup, tables, services.clock()));
    built.put(OperationName.GET_TABLE_METADATA_LOCATION, new GetTableMetadataLocation(lookup));
    built.put(
        OperationName.UPDATE_TABLE_METADATA_LOCATION,
        new UpdateTableMetadataLocation(lookup, tables, services.objects(), services.clock()));
  }

  private void addSettings(Lookup lookup) {
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
        OperationName.GET_TABLE_MAINTENANCE_JOB_STATUS, new GetTableMaintenanceJobStatus(lookup));
  }

  /** Parses the parameters of the operation and finds what they name. */
  public Call prepare(Arguments arguments) {
    return built.getOrDefault(arguments.operation(), unbuilt).prepare(arguments);
  }
}
