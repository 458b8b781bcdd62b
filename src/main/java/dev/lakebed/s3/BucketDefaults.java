package dev.lakebed.s3;

import dev.lakebed.s3.bucket.BucketDefault;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.RouteTable;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.Bucket;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads of bucket configuration, answered as AWS answers for a bucket that never got any. Every
 * answer is a true statement: no bucket here has versioning, ACLs, a website and so on.
 */
final class BucketDefaults {
  private final RouteTable table;
  private final BucketLookup buckets;

  private BucketDefaults(RouteTable table, BucketLookup buckets) {
    this.table = table;
    this.buckets = buckets;
  }

  static void addTo(RouteTable table, BucketLookup buckets) {
    BucketDefaults defaults = new BucketDefaults(table, buckets);
    defaults.documents();
    defaults.missing();
    defaults.lists();
  }

  private void documents() {
    get("versioning", "GetBucketVersioning", bucket -> empty("VersioningConfiguration"));
    get("logging", "GetBucketLogging", bucket -> empty("BucketLoggingStatus"));
    get("notification", "GetBucketNotification", bucket -> empty("NotificationConfiguration"));
    get(
        "accelerate",
        "GetBucketAccelerateConfiguration",
        "s3:GetAccelerateConfiguration",
        bucket -> empty("AccelerateConfiguration"));
    get(
        "requestPayment",
        "GetBucketRequestPayment",
        bucket ->
            XmlWriter.document("RequestPaymentConfiguration").element("Payer", "BucketOwner"));
    get(
        "ownershipControls",
        "GetBucketOwnershipControls",
        bucket ->
            XmlWriter.document("OwnershipControls")
                .open("Rule")
                .element("ObjectOwnership", "BucketOwnerEnforced")
                .close("Rule"));
    get("acl", "GetBucketAcl", bucket -> OwnerAcl.document(bucket.owner()));
  }

  private void missing() {
    none(
        "lifecycle",
        "GetBucketLifecycleConfiguration",
        "s3:GetLifecycleConfiguration",
        S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION);
    none(
        "website",
        "GetBucketWebsite",
        "s3:GetBucketWebsite",
        S3Error.NO_SUCH_WEBSITE_CONFIGURATION);
    none(
        "replication",
        "GetBucketReplication",
        "s3:GetReplicationConfiguration",
        S3Error.REPLICATION_CONFIGURATION_NOT_FOUND);
    none(
        "encryption",
        "GetBucketEncryption",
        "s3:GetEncryptionConfiguration",
        S3Error.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND);
    none(
        "object-lock",
        "GetObjectLockConfiguration",
        "s3:GetBucketObjectLockConfiguration",
        S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND);
  }

  private void lists() {
    list(
        "analytics",
        "GetBucketAnalyticsConfiguration",
        "s3:GetAnalyticsConfiguration",
        "ListBucketAnalyticsConfigurationResult");
    list(
        "inventory",
        "GetBucketInventoryConfiguration",
        "s3:GetInventoryConfiguration",
        "ListInventoryConfigurationsResult");
    list(
        "metrics",
        "GetBucketMetricsConfiguration",
        "s3:GetMetricsConfiguration",
        "ListMetricsConfigurationsResult");
    list(
        "intelligent-tiering",
        "GetBucketIntelligentTieringConfiguration",
        "s3:GetIntelligentTieringConfiguration",
        "ListBucketIntelligentTieringConfigurationsOutput");
  }

  private static XmlWriter empty(String root) {
    return XmlWriter.document(root);
  }

  private void get(String selector, String name, Function<Bucket, XmlWriter> document) {
    get(selector, name, "s3:" + name, document);
  }

  private void get(
      String selector, String name, String action, Function<Bucket, XmlWriter> document) {
    get(selector, name, action, (request, bucket) -> document.apply(bucket));
  }

  private void get(
      String selector,
      String name,
      String action,
      BiFunction<S3Request, Bucket, XmlWriter> document) {
    table.bucket("GET", selector, new BucketDefault(buckets, name, action, document));
  }

  private void none(String selector, String name, String action, S3Error error) {
    get(
        selector,
        name,
        action,
        bucket -> {
          throw error.exception().with("BucketName", bucket.name());
        });
  }

  /** With {@code id} it asks for one configuration, without for all; there is none. */
  private void list(String selector, String name, String action, String root) {
    get(
        selector,
        name,
        action,
        (request, bucket) -> {
          if (request.query("id").isPresent()) {
            throw S3Error.NO_SUCH_CONFIGURATION.exception().with("BucketName", bucket.name());
          }
          return XmlWriter.document(root).element("IsTruncated", "false");
        });
  }
}
