package dev.lakebed.s3;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.Route;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.Bucket;

/**
 * Reads of configuration, answered as AWS answers for a bucket or object that never got any. Every
 * answer is a true statement: no bucket here has versioning, ACLs, a website and so on.
 */
final class NeverConfigured {
  private static final String NO_LOCK = "Bucket is missing Object Lock Configuration";

  private final RouteTable table;

  private NeverConfigured(RouteTable table) {
    this.table = table;
  }

  static void addTo(RouteTable table, ObjectLookup objects) {
    NeverConfigured defaults = new NeverConfigured(table);
    defaults.documents();
    defaults.missing();
    defaults.lists();
    objects(table, objects);
  }

  private void documents() {
    document("versioning", "GetBucketVersioning", "VersioningConfiguration");
    document("logging", "GetBucketLogging", "BucketLoggingStatus");
    document("notification", "GetBucketNotification", "NotificationConfiguration");
    document(
        "accelerate",
        "GetBucketAccelerateConfiguration",
        "s3:GetAccelerateConfiguration",
        "AccelerateConfiguration");
    table
        .read(
            "requestPayment",
            "GetBucketRequestPayment",
            (request, bucket, caller) ->
                XmlWriter.answer(
                    XmlWriter.document("RequestPaymentConfiguration")
                        .element("Payer", "BucketOwner")))
        .read(
            "ownershipControls",
            "GetBucketOwnershipControls",
            (request, bucket, caller) ->
                XmlWriter.answer(
                    XmlWriter.document("OwnershipControls")
                        .open("Rule")
                        .element("ObjectOwnership", "BucketOwnerEnforced")
                        .close("Rule")))
        .read("acl", "GetBucketAcl", (request, bucket, caller) -> ownerAcl(bucket));
  }

  private void document(String selector, String name, String root) {
    document(selector, name, "s3:" + name, root);
  }

  private void document(String selector, String name, String action, String root) {
    table.read(
        selector,
        name,
        action,
        (request, bucket, caller) -> XmlWriter.answer(XmlWriter.document(root)));
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

  private void none(String selector, String name, String action, S3Error error) {
    table.read(
        selector,
        name,
        action,
        (request, bucket, caller) -> {
          throw error.ofBucket(bucket.name());
        });
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

  /** With {@code id} it asks for one configuration, without for all; there is none. */
  private void list(String selector, String name, String action, String root) {
    table.read(
        selector,
        name,
        action,
        (request, bucket, caller) -> {
          if (request.query("id").isPresent()) {
            throw S3Error.NO_SUCH_CONFIGURATION.ofBucket(bucket.name());
          }
          return XmlWriter.answer(XmlWriter.document(root).element("IsTruncated", "false"));
        });
  }

  private static void objects(RouteTable table, ObjectLookup objects) {
    table.object(
        "GET",
        "acl",
        "GetObjectAcl",
        Effect.READS,
        (request, target, caller) -> {
          objects.require(request, target, caller);
          return ownerAcl(target.bucket());
        });
    unlocked(table, "retention", "GetObjectRetention");
    unlocked(table, "legal-hold", "GetObjectLegalHold");
  }

  private static void unlocked(RouteTable table, String selector, String name) {
    table.refuse(
        new Route("GET", S3Request.Level.OBJECT, selector),
        name,
        Effect.READS,
        "s3:" + name,
        S3Error.INVALID_REQUEST.exception(NO_LOCK));
  }

  /** The access control list that every bucket and object has: its owner may do everything. */
  private static Response ownerAcl(Bucket bucket) {
    String owner = bucket.owner();
    XmlWriter xml = XmlWriter.document("AccessControlPolicy");
    xml.identity("Owner", owner);
    xml.open("AccessControlList").open("Grant");
    // The type of a grantee is an attribute in the schema; SDKs refuse the document without it.
    xml.openGrantee("CanonicalUser")
        .element("ID", owner)
        .element("DisplayName", owner)
        .close("Grantee");
    xml.element("Permission", "FULL_CONTROL").close("Grant").close("AccessControlList");
    return XmlWriter.answer(xml);
  }
}
