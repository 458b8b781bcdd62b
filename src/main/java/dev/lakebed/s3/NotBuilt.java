package dev.lakebed.s3;

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
        .bucket("PUT", "accelerate", not("PutBucketAccelerateConfiguration"))
        .bucket("PUT", "acl", not("PutBucketAcl"))
        .bucket("PUT", "analytics", not("PutBucketAnalyticsConfiguration"))
        .bucket("PUT", "cors", not("PutBucketCors"))
        .bucket("PUT", "encryption", not("PutBucketEncryption"))
        .bucket("PUT", "intelligent-tiering", not("PutBucketIntelligentTieringConfiguration"))
        .bucket("PUT", "inventory", not("PutBucketInventoryConfiguration"))
        .bucket("PUT", "lifecycle", not("PutBucketLifecycleConfiguration"))
        .bucket("PUT", "logging", not("PutBucketLogging"))
        .bucket("PUT", "metrics", not("PutBucketMetricsConfiguration"))
        .bucket("PUT", "notification", not("PutBucketNotificationConfiguration"))
        .bucket("PUT", "object-lock", not("PutObjectLockConfiguration"))
        .bucket("PUT", "ownershipControls", not("PutBucketOwnershipControls"))
        .bucket("PUT", "replication", not("PutBucketReplication"))
        .bucket("PUT", "requestPayment", not("PutBucketRequestPayment"))
        .bucket("PUT", "versioning", not("PutBucketVersioning"))
        .bucket("PUT", "website", not("PutBucketWebsite"))
        .bucket(
            "PUT", "metadataInventoryTable", not("UpdateBucketMetadataInventoryTableConfiguration"))
        .bucket("PUT", "metadataJournalTable", not("UpdateBucketMetadataJournalTableConfiguration"))
        .object("PUT", "acl", not("PutObjectAcl"))
        .object("PUT", "encryption", not("UpdateObjectEncryption"))
        .object("PUT", "legal-hold", not("PutObjectLegalHold"))
        .object("PUT", "renameObject", not("RenameObject"))
        .object("PUT", "retention", not("PutObjectRetention"));
  }

  private void deletes() {
    table
        .bucket("DELETE", "analytics", not("DeleteBucketAnalyticsConfiguration"))
        .bucket("DELETE", "cors", not("DeleteBucketCors"))
        .bucket("DELETE", "encryption", not("DeleteBucketEncryption"))
        .bucket("DELETE", "intelligent-tiering", not("DeleteBucketIntelligentTieringConfiguration"))
        .bucket("DELETE", "inventory", not("DeleteBucketInventoryConfiguration"))
        .bucket("DELETE", "lifecycle", not("DeleteBucketLifecycle"))
        .bucket("DELETE", "metadataConfiguration", not("DeleteBucketMetadataConfiguration"))
        .bucket("DELETE", "metadataTable", not("DeleteBucketMetadataTableConfiguration"))
        .bucket("DELETE", "metrics", not("DeleteBucketMetricsConfiguration"))
        .bucket("DELETE", "ownershipControls", not("DeleteBucketOwnershipControls"))
        .bucket("DELETE", "replication", not("DeleteBucketReplication"))
        .bucket("DELETE", "website", not("DeleteBucketWebsite"));
  }

  private void posts() {
    table
        .bucket("POST", Route.FORM, not("PostObject"))
        .bucket("POST", "metadataConfiguration", not("CreateBucketMetadataConfiguration"))
        .bucket("POST", "metadataTable", not("CreateBucketMetadataTableConfiguration"))
        .object("POST", "restore", not("RestoreObject"))
        .object("POST", "select", not("SelectObjectContent"));
  }

  private void others() {
    table
        .bucket("GET", "metadataConfiguration", not("GetBucketMetadataConfiguration"))
        .bucket("GET", "metadataTable", not("GetBucketMetadataTableConfiguration"))
        .bucket("GET", "session", not("CreateSession"))
        .object("GET", "torrent", not("GetObjectTorrent"));
  }

  private S3Operation<?> not(String name) {
    return new Refused(
        buckets,
        name,
        S3Error.NOT_IMPLEMENTED.exception(name + " is not implemented by this server."));
  }
}
