package dev.lakebed.tables.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The table bucket a request names, whether it exists or not. Permission is asked on its name
 * either way, so a refusal does not tell. {@code found} is the bucket, if there is a table bucket
 * of that name and account.
 */
public record NamedBucket(TableBucketArn named, String region, Optional<Bucket> found) {
  /** The bucket, or fails with NoSuchBucketException when it does not exist. */
  public Bucket bucket() {
    return found.orElseThrow(NoSuchBucketException::new);
  }

  public String arn() {
    return named.in(region);
  }

  public Permission permission(String action, Keys keys) {
    return new Permission(
        action,
        new Resource(arn(), named.account(), policies()),
        keys.or(S3TablesKeys.tagsOfBucket(tags())));
  }

  public Permission onNewTable(UUID table, String action, Keys keys) {
    return new Permission(
        action,
        new Resource(new TableArn(named, table).in(region), named.account(), policies())
            .named(anyTable()),
        keys.or(S3TablesKeys.tagsOfBucketAlone(tags())));
  }

  String anyTable() {
    return arn() + "/table/*";
  }

  public Map<String, String> tags() {
    return found.map(bucket -> bucket.tags().values()).orElse(Map.of());
  }

  public List<Policy> policies() {
    return found.map(bucket -> bucket.access().tablesPolicies()).orElse(List.of());
  }

  /**
   * The table bucket's id, made from what never changes: number, name and time of creation of the
   * bucket. So every table bucket has one, however it was created. Fails with NoSuchBucketException
   * when it does not exist.
   */
  public UUID id() {
    Bucket bucket = bucket();
    String seed =
        "table-bucket/%s/%s/%s"
            .formatted(bucket.id(), bucket.name(), bucket.createdAt().toEpochMilli());
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A call that takes the operation's own right on the table bucket, which exists when the work
   * begins.
   */
  public Call call(TablesRequest request, Function<NamedBucket, Response> work) {
    return call(request, UnaryOperator.identity(), work);
  }

  /** A call like that. {@code terms} is what is asked beside the right. */
  public Call call(
      TablesRequest request,
      UnaryOperator<Permission> terms,
      Function<NamedBucket, Response> work) {
    return request.call(
        terms.apply(permission(request.action(), Keys.NONE)),
        account -> {
          bucket();
          return work.apply(this);
        });
  }

  /** The namespace a request names; looked up only after permission was asked. */
  public record NamedNamespace(NamedBucket bucket, String name) {
    public Permission permission(String action) {
      return bucket.permission(action, S3TablesKeys.namespace(name));
    }

    /** The namespace, or fails with NoSuchBucketException, CatalogException. */
    public StoredNamespace find(Namespaces namespaces) {
      return namespaces
          .find(bucket.bucket().id(), name)
          .orElseThrow(() -> new CatalogException(Reason.NO_SUCH_NAMESPACE));
    }
  }
}
