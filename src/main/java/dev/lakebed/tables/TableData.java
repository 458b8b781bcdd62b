package dev.lakebed.tables;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.tables.StoredTable.TableAddress;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.S3TablesKeys;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which managed table an object belongs to, so that S3 requests in its location can be
 * authorised by the table's rights. A location is always the first two segments of a key, so this
 * is one indexed look-up, and none for keys that cannot be in a table.
 */
public record TableData(String region, Tables tables, TablePolicies policies) {
  private static final Pattern LOCATION = Pattern.compile("([a-z0-9_]{1,255}/[a-z0-9_-]{1,300})/");

  /** The table whose location contains the key. {@code key} is a key, or a listing's prefix. */
  public Optional<DataTable> find(Bucket bucket, String key) {
    Matcher location = LOCATION.matcher(key);
    if (bucket.kind() != Bucket.Kind.TABLE || !location.lookingAt()) {
      return Optional.empty();
    }
    return tables.at(bucket.id(), location.group(1)).map(address -> table(bucket, address));
  }

  private DataTable table(Bucket bucket, TableAddress address) {
    String arn =
        new TableArn(new TableBucketArn(bucket.owner(), bucket.name()), address.id()).in(region);
    List<Policy> guards = new ArrayList<>(bucket.access().tablesPolicies());
    policies.find(address.id()).ifPresent(stored -> guards.add(stored.policy()));
    return new DataTable(
        arn,
        bucket.owner(),
        address.namespace(),
        address.name(),
        guards,
        S3TablesKeys.tagsOfTable(address.tags(), bucket.tags().values()));
  }

  /**
   * A managed table as the S3 side sees it.
   *
   * @param policies policies of its bucket and of the table itself
   * @param tags condition keys of its tags and of those of its bucket
   */
  public record DataTable(
      String arn, String account, String namespace, String name, List<Policy> policies, Keys tags) {
    public DataTable {
      policies = List.copyOf(policies);
    }

    /** Permission to read its files: GetObject, HeadObject, ListParts, listing. */
    public Permission read() {
      return permission("s3tables:GetTableData");
    }

    /** Permission to change its files: PutObject, multipart uploads, deleting. */
    public Permission write() {
      return permission("s3tables:PutTableData");
    }

    private Permission permission(String action) {
      return new Permission(
          action,
          new Resource(arn, account, policies),
          S3TablesKeys.table(namespace, name).or(tags));
    }
  }
}
