package dev.lakebed.s3;

import dev.lakebed.pipeline.Effect;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.OperationTable;
import dev.lakebed.s3.operation.Refused;
import dev.lakebed.s3.operation.Route;
import dev.lakebed.s3.operation.S3Operation;

/** The operations of the S3 API that answer 501, so that none falls through to another. */
final class NotBuilt {
  private final OperationTable.Builder table;
  private final BucketLookup buckets;

  private NotBuilt(OperationTable.Builder table, BucketLookup buckets) {
    this.table = table;
    this.buckets = buckets;
  }

  static void addTo(OperationTable.Builder table, BucketLookup buckets) {
    NotBuilt missing = new NotBuilt(table, buckets);
    missing.puts();
    missing.deletes();
    missing.posts();
    missing.others();
  }

  private void puts() {
    table
        .bucket("PUT", "accelerate", settings("PutBucketAccelerateConfiguration"))
        .bucket("PUT", "acl", settings("PutBucketAcl"))
        .bucket("PUT", "analytics", settings("PutBucketAnalyticsConfiguration"))
        .bucket("PUT", "encryption", settings("PutBucketEncryption"))
        .bucket("PUT", "intelligent-tiering", settings("PutBucketIntelligentTieringConfiguration"))
        .bucket("PUT", "inventory", settings("PutBucketInventoryConfiguration"))
        .bucket("PUT", "lifecycle", settings("PutBucketLifecycleConfiguration"))
        .bucket("PUT", "logging", settings("PutBucketLogging"))
        .bucket("PUT", "metrics", settings("PutBucketMetricsConfiguration"))
        .bucket("PUT", "notification", settings("PutBucketNotificationConfiguration"))
        .bucket("PUT", "object-lock", settings("PutObjectLockConfiguration"))
        .bucket("PUT", "ownershipControls", settings("PutBucketOwnershipControls"))
        .bucket("PUT", "replication", settings("PutBucketReplication"))
        .bucket("PUT", "requestPayment", settings("PutBucketRequestPayment"))
        .bucket("PUT", "versioning", settings("PutBucketVersioning"))
        .bucket("PUT", "website", settings("PutBucketWebsite"))
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
        .object("PUT", "renameObject", content("RenameObject"))
        .object("PUT", "retention", content("PutObjectRetention"));
  }

  private void deletes() {
    table
        .bucket("DELETE", "analytics", settings("DeleteBucketAnalyticsConfiguration"))
        .bucket("DELETE", "encryption", settings("DeleteBucketEncryption"))
        .bucket(
            "DELETE",
            "intelligent-tiering",
            settings("DeleteBucketIntelligentTieringConfiguration"))
        .bucket("DELETE", "inventory", settings("DeleteBucketInventoryConfiguration"))
        .bucket("DELETE", "lifecycle", settings("DeleteBucketLifecycle"))
        .bucket("DELETE", "metadataConfiguration", settings("DeleteBucketMetadataConfiguration"))
        .bucket("DELETE", "metadataTable", settings("DeleteBucketMetadataTableConfiguration"))
        .bucket("DELETE", "metrics", settings("DeleteBucketMetricsConfiguration"))
        .bucket("DELETE", "ownershipControls", settings("DeleteBucketOwnershipControls"))
        .bucket("DELETE", "replication", settings("DeleteBucketReplication"))
        .bucket("DELETE", "website", settings("DeleteBucketWebsite"));
  }

  private void posts() {
    table
        .bucket("POST", Route.FORM, content("PostObject"))
        .bucket("POST", "metadataConfiguration", settings("CreateBucketMetadataConfiguration"))
        .bucket("POST", "metadataTable", settings("CreateBucketMetadataTableConfiguration"))
        .object("POST", "restore", content("RestoreObject"))
        .object("POST", "select", content("SelectObjectContent"));
  }

  private void others() {
    table
        .bucket("GET", "metadataConfiguration", read("GetBucketMetadataConfiguration"))
        .bucket("GET", "metadataTable", read("GetBucketMetadataTableConfiguration"))
        .bucket("GET", "session", read("CreateSession"))
        .object("GET", "torrent", read("GetObjectTorrent"));
  }

  private S3Operation<?> read(String name) {
    return not(name, Effect.READS);
  }

  private S3Operation<?> content(String name) {
    return not(name, Effect.CHANGES_CONTENT);
  }

  private S3Operation<?> settings(String name) {
    return not(name, Effect.ADMINISTERS);
  }

  private S3Operation<?> not(String name, Effect effect) {
    return new Refused(
        buckets,
        name,
        effect,
        S3Error.NOT_IMPLEMENTED.exception(name + " is not implemented by this server."));
  }
}
