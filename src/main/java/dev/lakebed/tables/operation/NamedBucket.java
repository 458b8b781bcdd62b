package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.tables.rest.TableArn;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TablesRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The table bucket a request names, whether it exists or not. Permission is asked on its name
 * either way, so a refusal does not tell.
 *
 * @param named the ARN
 * @param region region of our ARNs
 * @param found the bucket, if there is a table bucket of that name and account
 */
record NamedBucket(TableBucketArn named, String region, Optional<Bucket> found) {
  /**
   * The bucket.
   *
   * @throws NoSuchBucketException when it does not exist
   */
  public Bucket bucket() {
    return found.orElseThrow(NoSuchBucketException::new);
  }

  /** ARN of the bucket. */
  public String arn() {
    return named.in(region);
  }

  public Permission permission(String action, Keys keys) {
    return new Permission(
        action,
        new Resource(arn(), named.account(), policies()),
        keys.or(S3TablesKeys.tagsOfBucket(tags())));
  }

  /** Permission on a table that is to be created in the bucket. */
  public Permission onNewTable(UUID table, String action, Keys keys) {
    return new Permission(
        action,
        new Resource(new TableArn(named, table).in(region), named.account(), policies())
            .named(anyTable()),
        keys.or(S3TablesKeys.tagsOfBucketAlone(tags())));
  }

  /** ARN of all its tables. */
  String anyTable() {
    return arn() + "/table/*";
  }

  /** Tags of the bucket; none when it does not exist. */
  Map<String, String> tags() {
    return found.map(bucket -> bucket.tags().values()).orElse(Map.of());
  }

  /** The bucket's policy for S3 Tables. */
  List<Policy> policies() {
    return found.map(bucket -> bucket.access().tablesPolicies()).orElse(List.of());
  }

  /**
   * The table bucket's id, made from what never changes: number, name and time of creation of the
   * bucket. So every table bucket has one, however it was created.
   *
   * @throws NoSuchBucketException when it does not exist
   */
  public UUID id() {
    Bucket bucket = bucket();
    String seed =
        "table-bucket/"
            + bucket.id()
            + '/'
            + bucket.name()
            + '/'
            + bucket.createdAt().toEpochMilli();
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A call that takes the operation's own right on the table bucket, which exists when the work
   * begins.
   *
   * @param terms what is asked beside the right, or {@link UnaryOperator#identity}
   */
  Call call(TablesRequest request, UnaryOperator<Permission> terms, Supplier<Response> work) {
    return request.call(
        terms.apply(permission(request.action(), Keys.NONE)),
        account -> {
          bucket();
          return work.get();
        });
  }
}
