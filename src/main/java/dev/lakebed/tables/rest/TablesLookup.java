package dev.lakebed.tables.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.NamedBucket.NamedNamespace;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    Predicate<Bucket> meant =
        bucket -> bucket.kind() == Bucket.Kind.TABLE && bucket.owner().equals(arn.account());
    return new NamedBucket(arn, region, buckets.find(arn.bucket()).filter(meant));
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
    return named(bucket, bucket.arn() + "/table/" + id, S3TablesKeys.table(namespace, name), found);
  }

  public NamedTable table(TableArn arn) {
    NamedBucket bucket = bucket(arn.bucket());
    Optional<StoredTable> found =
        bucket
            .found()
            .flatMap(existing -> tables.find(arn.table()).filter(table -> lies(table, existing)));
    S3TablesKeys keys =
        new S3TablesKeys(
            found.map(table -> table.namespace().name()), found.map(StoredTable::name));
    return named(bucket, arn.in(region), keys, found);
  }

  private static boolean lies(StoredTable table, Bucket bucket) {
    return table.namespace().bucket() == bucket.id();
  }

  private NamedTable named(
      NamedBucket bucket, String arn, S3TablesKeys keys, Optional<StoredTable> found) {
    return new NamedTable(
        bucket, arn, keys, found, found.flatMap(table -> policies.find(table.id())));
  }

  public NamedTable tableByArn(TablesRequest request) {
    return table(TableArn.parse(request.required(TABLE)));
  }

  /** The table that either {@code tableArn} or the other three parameters name. */
  public NamedTable tableEitherWay(TablesRequest request) {
    boolean byName =
        Stream.of(BUCKET, "namespace", "name").anyMatch(it -> request.optional(it).isPresent());
    boolean byArn = request.optional(TABLE).isPresent();
    if (byName == byArn) {
      throw TablesError.BAD_REQUEST.because(
          "Give either tableArn, or tableBucketARN with namespace and name.");
    }
    return byArn ? tableByArn(request) : table(request);
  }
}
