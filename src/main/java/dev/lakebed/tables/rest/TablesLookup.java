package dev.lakebed.tables.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.NamedBucket.NamedNamespace;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import java.util.Optional;

/**
 * Finds what a request names. {@code region} is the region of the ARNs that answers and policies
 * use.
 */
public record TablesLookup(String region, Buckets buckets, Tables tables, TablePolicies policies) {
  private static final String BUCKET = "tableBucketARN";
  private static final String TABLE = "tableArn";

  /**
   * The right to an operation that has no resource in AWS, or none that is known before it is done;
   * policies name {@code *} or the buckets of the account.
   */
  public Permission onEveryBucket(OperationName operation, String account) {
    String arn = new TableBucketArn(account, "*").in(region);
    return Permission.of(operation.action(), Resource.of(arn, account));
  }

  /** The table bucket that {@code tableBucketARN} names. */
  public NamedBucket bucket(TablesRequest request) {
    return bucket(TableBucketArn.parse(request.required(BUCKET)));
  }

  public NamedBucket bucket(TableBucketArn arn) {
    return new NamedBucket(
        arn,
        region,
        buckets
            .find(arn.bucket())
            .filter(bucket -> bucket.kind() == Bucket.Kind.TABLE)
            .filter(bucket -> bucket.owner().equals(arn.account())));
  }

  /** The namespace that {@code tableBucketARN} and {@code namespace} give. */
  public NamedNamespace namespace(TablesRequest request) {
    return new NamedNamespace(
        bucket(request), TableName.checkNamespace(request.required("namespace")));
  }

  /** The table that {@code tableBucketARN}, {@code namespace} and {@code name} give. */
  public NamedTable table(TablesRequest request) {
    NamedNamespace inside = namespace(request);
    NamedBucket bucket = inside.bucket();
    String namespace = inside.name();
    String name = TableName.check(request.required("name"));
    Optional<StoredTable> found =
        bucket.found().flatMap(existing -> tables.find(existing.id(), namespace, name));
    String id = found.map(table -> table.id().toString()).orElse("*");
    return new NamedTable(
        bucket,
        bucket.arn() + "/table/" + id,
        S3TablesKeys.table(namespace, name),
        found,
        policy(found));
  }

  public NamedTable table(TableArn arn) {
    NamedBucket bucket = bucket(arn.bucket());
    Optional<StoredTable> found =
        bucket
            .found()
            .flatMap(
                existing ->
                    tables
                        .find(arn.table())
                        .filter(table -> table.namespace().bucket() == existing.id()));
    return new NamedTable(
        bucket,
        arn.in(region),
        new S3TablesKeys(
            found.map(table -> table.namespace().name()), found.map(StoredTable::name)),
        found,
        policy(found));
  }

  private Optional<StoredPolicy> policy(Optional<StoredTable> table) {
    return table.flatMap(existing -> policies.find(existing.id()));
  }

  public NamedTable tableByArn(TablesRequest request) {
    return table(TableArn.parse(request.required(TABLE)));
  }

  /** The table that either {@code tableArn} or the other three parameters name. */
  public NamedTable tableEitherWay(TablesRequest request) {
    boolean byName =
        request.optional(BUCKET).isPresent()
            || request.optional("namespace").isPresent()
            || request.optional("name").isPresent();
    boolean byArn = request.optional(TABLE).isPresent();
    if (byName == byArn) {
      throw TablesError.BAD_REQUEST.because(
          "Give either tableArn, or tableBucketARN with namespace and name.");
    }
    return byArn ? tableByArn(request) : table(request);
  }
}
