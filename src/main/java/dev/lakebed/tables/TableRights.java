package dev.lakebed.tables;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Caller.ForwardingCaller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import java.util.Optional;
import java.util.Set;

/**
 * Gives S3 requests for files of a managed table what the table's own rights allow. Inside a
 * table's location the S3 policies or {@code s3tables:GetTableData} and {@code
 * s3tables:PutTableData} on the table suffice, and a Deny of either decides (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-setting-up.html">AWS,
 * Access management for S3 Tables</a>).
 */
public record TableRights(Buckets buckets, TableData tables) {
  private static final String ARN = "arn:aws:s3:::";
  private static final Set<String> READS =
      Set.of(
          "s3:GetObject",
          "s3:GetObjectVersion",
          "s3:GetObjectAttributes",
          "s3:GetObjectVersionAttributes",
          "s3:ListMultipartUploadParts");
  private static final Set<String> WRITES =
      Set.of(
          "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion");
  private static final Set<String> LISTINGS =
      Set.of("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads");

  public Caller of(Caller caller) {
    return new WithTables(caller);
  }

  /**
   * What a permission comes to on a table. {@code grants} says whether the right on the table
   * suffices; its Deny binds in any case.
   */
  private record TableRight(Permission permission, boolean grants) {}

  private Optional<TableRight> ofTable(Permission permission) {
    String action = permission.action();
    boolean listing = LISTINGS.contains(action);
    String arn = permission.resource().arn();
    if (!arn.startsWith(ARN)) {
      return Optional.empty();
    }
    String path = arn.substring(ARN.length());
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    Optional<Bucket> bucket = buckets.find(name).filter(found -> found.kind() == Bucket.Kind.TABLE);
    if (bucket.isEmpty() || listing != slash < 0) {
      return Optional.empty();
    }
    String key =
        listing
            ? permission.keys().values("s3:prefix").stream().findFirst().orElse("")
            : path.substring(slash + 1);
    int verb = action.indexOf(':') + 1;
    boolean write = !action.startsWith("Get", verb) && !action.startsWith("List", verb);
    Optional<TableData.DataTable> inside = tables.find(bucket.get(), key);
    boolean grants =
        inside.isPresent()
            && (listing || (write ? WRITES.contains(action) : READS.contains(action)));
    return inside
        .or(() -> listing ? tables.find(bucket.get(), key + "/") : Optional.empty())
        .map(table -> new TableRight(write ? table.write() : table.read(), grants));
  }

  /** Tables are never public, so the right on a table opens nothing to nobody. */
  private final class WithTables implements ForwardingCaller {
    private final Caller caller;

    WithTables(Caller caller) {
      this.caller = caller;
    }

    @Override
    public Decision decide(Permission permission) {
      Decision own = caller.decide(permission);
      Optional<TableRight> table = ofTable(permission);
      if (table.isEmpty() || own instanceof Decision.ExplicitDeny) {
        return own;
      }
      Decision byTable = caller.decide(table.get().permission());
      boolean opened = table.get().grants() && !own.allowed() && byTable.allowed();
      return byTable instanceof Decision.ExplicitDeny || opened ? byTable : own;
    }

    @Override
    public Caller caller() {
      return caller;
    }

    @Override
    public Caller as(Principal proven) {
      return TableRights.this.of(caller.as(proven));
    }
  }
}
