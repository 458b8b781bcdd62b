package dev.lakebed.s3;

import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.Refused;
import dev.lakebed.s3.operation.Route;
import dev.lakebed.s3.operation.RouteTable;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Error;
import java.util.List;

/**
 * The operations of the S3 API that answer 501, so that none falls through to another. Who may not
 * call them hears that first (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">AWS,
 * Required permissions for Amazon S3 API operations</a>).
 */
final class NotBuilt {
  private final RouteTable table;
  private final BucketLookup buckets;

  private NotBuilt(RouteTable table, BucketLookup buckets) {
    this.table = table;
    this.buckets = buckets;
  }

  static void addTo(RouteTable table, BucketLookup buckets) {
    NotBuilt missing = new NotBuilt(table, buckets);
    missing.puts();
    missing.deletes();
    missing.posts();
    missing.others();
    missing.annotations();
    missing.unknown();
  }

  private void puts() {
    table
        .bucket(
            "PUT",
            "accelerate",
            settings("PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration"))
        .bucket("PUT", "acl", settings("PutBucketAcl"))
        .bucket(
            "PUT",
            "analytics",
            settings("PutBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"))
        .bucket(
            "PUT", "encryption", settings("PutBucketEncryption", "s3:PutEncryptionConfiguration"))
        .bucket(
            "PUT",
            "intelligent-tiering",
            settings(
                "PutBucketIntelligentTieringConfiguration",
                "s3:PutIntelligentTieringConfiguration"))
        .bucket(
            "PUT",
            "inventory",
            settings("PutBucketInventoryConfiguration", "s3:PutInventoryConfiguration"))
        .bucket(
            "PUT",
            "lifecycle",
            settings("PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"))
        .bucket("PUT", "logging", settings("PutBucketLogging"))
        .bucket(
            "PUT",
            "metrics",
            settings("PutBucketMetricsConfiguration", "s3:PutMetricsConfiguration"))
        .bucket(
            "PUT",
            "notification",
            settings("PutBucketNotificationConfiguration", "s3:PutBucketNotification"))
        .bucket(
            "PUT",
            "object-lock",
            settings("PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration"))
        .bucket("PUT", "ownershipControls", settings("PutBucketOwnershipControls"))
        .bucket(
            "PUT",
            "replication",
            settings("PutBucketReplication", "s3:PutReplicationConfiguration"))
        .bucket("PUT", "requestPayment", settings("PutBucketRequestPayment"))
        .bucket("PUT", "versioning", settings("PutBucketVersioning"))
        .bucket("PUT", "website", settings("PutBucketWebsite"))
        .bucket(
            "PUT",
            "metadataAnnotationTable",
            settings("UpdateBucketMetadataAnnotationTableConfiguration"))
        .bucket(
            "PUT",
            "metadataInventoryTable",
            settings("UpdateBucketMetadataInventoryTableConfiguration"))
        .bucket(
            "PUT",
            "metadataJournalTable",
            settings("UpdateBucketMetadataJournalTableConfiguration"))
        .object("PUT", "acl", content("PutObjectAcl"))
        .object("PUT", "encryption", content("UpdateObjectEncryption"))
        .object("PUT", "legal-hold", content("PutObjectLegalHold"))
        .object("PUT", "renameObject", content("RenameObject", "s3express:CreateSession"))
        .object("PUT", "retention", content("PutObjectRetention"));
  }

  private void deletes() {
    table
        .bucket(
            "DELETE",
            "analytics",
            settings("DeleteBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"))
        .bucket(
            "DELETE",
            "encryption",
            settings("DeleteBucketEncryption", "s3:PutEncryptionConfiguration"))
        .bucket(
            "DELETE",
            "intelligent-tiering",
            settings(
                "DeleteBucketIntelligentTieringConfiguration",
                "s3:PutIntelligentTieringConfiguration"))
        .bucket(
            "DELETE",
            "inventory",
            settings("DeleteBucketInventoryConfiguration", "s3:PutInventoryConfiguration"))
        .bucket(
            "DELETE",
            "lifecycle",
            settings("DeleteBucketLifecycle", "s3:PutLifecycleConfiguration"))
        .bucket(
            "DELETE",
            "metadataConfiguration",
            settings(
                "DeleteBucketMetadataConfiguration", "s3:DeleteBucketMetadataTableConfiguration"))
        .bucket("DELETE", "metadataTable", settings("DeleteBucketMetadataTableConfiguration"))
        .bucket(
            "DELETE",
            "metrics",
            settings("DeleteBucketMetricsConfiguration", "s3:PutMetricsConfiguration"))
        .bucket(
            "DELETE",
            "ownershipControls",
            settings("DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls"))
        .bucket(
            "DELETE",
            "replication",
            settings("DeleteBucketReplication", "s3:PutReplicationConfiguration"))
        .bucket("DELETE", "website", settings("DeleteBucketWebsite"));
  }

  private void posts() {
    table
        .bucket("POST", Route.FORM, content("PostObject", "s3:PutObject"))
        .bucket(
            "POST",
            "metadataConfiguration",
            settings(
                "CreateBucketMetadataConfiguration", "s3:CreateBucketMetadataTableConfiguration"))
        .bucket("POST", "metadataTable", settings("CreateBucketMetadataTableConfiguration"))
        .object("POST", "restore", content("RestoreObject"))
        .object("POST", "select", content("SelectObjectContent", "s3:GetObject"));
  }

  private void others() {
    table
        .bucket(
            "GET",
            "metadataConfiguration",
            read("GetBucketMetadataConfiguration", "s3:GetBucketMetadataTableConfiguration"))
        .bucket("GET", "metadataTable", read("GetBucketMetadataTableConfiguration"))
        .bucket("GET", "session", read("CreateSession", "s3express:CreateSession"))
        .object("GET", "torrent", read("GetObjectTorrent"));
  }

  /** Without a name only a list makes sense; nothing else may be taken for another operation. */
  private void annotations() {
    for (String selector : List.of("annotation", "annotationName")) {
      table
          .object("PUT", selector, content("PutObjectAnnotation"))
          .object("DELETE", selector, content("DeleteObjectAnnotation"));
    }
    table
        .object("GET", "annotation", read("ListObjectAnnotations"))
        .object("GET", "annotationName", read("GetObjectAnnotation"));
  }

  /** AWS asks for a right that is not known here; the one of the address alone stands for it. */
  private void unknown() {
    table
        .bucket("GET", Route.UNKNOWN, read("GetBucketUnknown", "s3:ListBucket"))
        .bucket("HEAD", Route.UNKNOWN, read("HeadBucketUnknown", "s3:ListBucket"))
        .bucket("PUT", Route.UNKNOWN, settings("PutBucketUnknown", "s3:CreateBucket"))
        .bucket("POST", Route.UNKNOWN, content("PostBucketUnknown", "s3:PutObject"))
        .bucket("DELETE", Route.UNKNOWN, settings("DeleteBucketUnknown", "s3:DeleteBucket"))
        .object("GET", Route.UNKNOWN, read("GetObjectUnknown", "s3:GetObject"))
        .object("HEAD", Route.UNKNOWN, read("HeadObjectUnknown", "s3:GetObject"))
        .object("PUT", Route.UNKNOWN, content("PutObjectUnknown", "s3:PutObject"))
        .object("POST", Route.UNKNOWN, content("PostObjectUnknown", "s3:PutObject"))
        .object("DELETE", Route.UNKNOWN, content("DeleteObjectUnknown", "s3:DeleteObject"));
  }

  private S3Operation<?> read(String name) {
    return read(name, "s3:" + name);
  }

  private S3Operation<?> read(String name, String action) {
    return not(name, Effect.READS, action);
  }

  private S3Operation<?> content(String name) {
    return content(name, "s3:" + name);
  }

  private S3Operation<?> content(String name, String action) {
    return not(name, Effect.CHANGES_CONTENT, action);
  }

  private S3Operation<?> settings(String name) {
    return settings(name, "s3:" + name);
  }

  private S3Operation<?> settings(String name, String action) {
    return not(name, Effect.ADMINISTERS, action);
  }

  private S3Operation<?> not(String name, Effect effect, String action) {
    return new Refused(
        buckets,
        name,
        effect,
        action,
        S3Error.NOT_IMPLEMENTED.exception(name + " is not implemented by this server."));
  }
}
