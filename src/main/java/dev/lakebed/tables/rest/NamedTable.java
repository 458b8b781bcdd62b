package dev.lakebed.tables.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The table a request names, whether it exists or not. Permission is asked on the table's ARN; on
 * {@code BUCKET-ARN/table/*} when no table has the name, so that whoever may not see every table of
 * the bucket is refused either way and learns nothing. A refusal names {@code BUCKET-ARN/table/*}
 * in any case. {@code resource} is the ARN to ask permission on.
 */
public record NamedTable(
    NamedBucket bucket,
    String resource,
    S3TablesKeys keys,
    Optional<StoredTable> found,
    Optional<StoredPolicy> policy) {
  /** The table, or fails with NoSuchBucketException, CatalogException. */
  public StoredTable table() {
    if (bucket.found().isEmpty()) {
      throw new NoSuchBucketException();
    }
    return found.orElseThrow(() -> new CatalogException(Reason.NO_SUCH_TABLE));
  }

  public String arn() {
    return new TableArn(bucket.named(), table().id()).in(bucket.region());
  }

  public MetadataLocation.Warehouse warehouse() {
    return new MetadataLocation.Warehouse(bucket.bucket().name(), table().location());
  }

  public Permission permission(String action) {
    return permission(action, keys);
  }

  public Permission permission(String action, Keys otherKeys) {
    List<Policy> policies = new ArrayList<>(bucket.policies());
    policy.ifPresent(stored -> policies.add(stored.policy()));
    return new Permission(
        action,
        new Resource(resource, bucket.named().account(), policies).named(bucket.anyTable()),
        otherKeys.or(
            S3TablesKeys.tagsOfTable(
                found.map(StoredTable::tags).orElse(Map.of()), bucket.tags())));
  }

  /**
   * A call that takes the operation's own right on the table, which exists when the work begins.
   */
  public Call call(TablesRequest request, Function<NamedTable, Response> work) {
    return call(request, UnaryOperator.identity(), work);
  }

  /** A call like that. {@code terms} is what is asked beside the right. */
  public Call call(
      TablesRequest request, UnaryOperator<Permission> terms, Function<NamedTable, Response> work) {
    return request.call(
        terms.apply(permission(request.action())),
        account -> {
          table();
          return work.apply(this);
        });
  }
}
