package dev.lakebed.tables;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.tables.operation.S3TablesKeys;
import java.util.List;

/**
 * A managed table as the S3 side sees it.
 *
 * @param arn ARN of the table
 * @param account account that owns it
 * @param namespace name of its namespace
 * @param name name of the table
 * @param policies policies of its bucket and of the table itself
 * @param tags condition keys of its tags and of those of its bucket
 */
public record DataTable(
    String arn, String account, String namespace, String name, List<Policy> policies, Keys tags) {
  /** Copies the list. */
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
        action, new Resource(arn, account, policies), S3TablesKeys.table(namespace, name).or(tags));
  }
}
