package dev.lakebed.s3;

import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.s3.rest.Route;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request.Level;

/**
 * The operations of the S3 API that answer 501, so that none falls through to another. Who may not
 * call them hears that first (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">AWS,
 * Required permissions for Amazon S3 API operations</a>). A row has what {@link Route} selects, the
 * operation and, where it is not named like the operation, the action. For a sub-resource of an
 * unknown name AWS asks for a right that is not known here; that of the address alone stands for
 * it.
 */
final class NotBuilt {
  private static final String GET_BUCKET =
      """
      metadataConfiguration GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration
      metadataTable GetBucketMetadataTableConfiguration
      session CreateSession s3express:CreateSession
      $unknown GetBucketUnknown ListBucket
      """;

  private static final String PUT_BUCKET =
      """
      accelerate PutBucketAccelerateConfiguration PutAccelerateConfiguration
      acl PutBucketAcl
      analytics PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
      encryption PutBucketEncryption PutEncryptionConfiguration
      intelligent-tiering PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
      inventory PutBucketInventoryConfiguration PutInventoryConfiguration
      lifecycle PutBucketLifecycleConfiguration PutLifecycleConfiguration
      logging PutBucketLogging
      metrics PutBucketMetricsConfiguration PutMetricsConfiguration
      notification PutBucketNotificationConfiguration PutBucketNotification
      object-lock PutObjectLockConfiguration PutBucketObjectLockConfiguration
      ownershipControls PutBucketOwnershipControls
      replication PutBucketReplication PutReplicationConfiguration
      requestPayment PutBucketRequestPayment
      versioning PutBucketVersioning
      website PutBucketWebsite
      metadataAnnotationTable UpdateBucketMetadataAnnotationTableConfiguration
      metadataInventoryTable UpdateBucketMetadataInventoryTableConfiguration
      metadataJournalTable UpdateBucketMetadataJournalTableConfiguration
      $unknown PutBucketUnknown CreateBucket
      """;

  private static final String DELETE_BUCKET =
      """
      analytics DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
      encryption DeleteBucketEncryption PutEncryptionConfiguration
      intelligent-tiering DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
      inventory DeleteBucketInventoryConfiguration PutInventoryConfiguration
      lifecycle DeleteBucketLifecycle PutLifecycleConfiguration
      metadataConfiguration DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration
      metadataTable DeleteBucketMetadataTableConfiguration
      metrics DeleteBucketMetricsConfiguration PutMetricsConfiguration
      ownershipControls DeleteBucketOwnershipControls PutBucketOwnershipControls
      replication DeleteBucketReplication PutReplicationConfiguration
      website DeleteBucketWebsite
      $unknown DeleteBucketUnknown DeleteBucket
      """;

  private static final String POST_BUCKET =
      """
      metadataConfiguration CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration
      metadataTable CreateBucketMetadataTableConfiguration
      """;

  private static final String UPLOAD_TO_BUCKET =
      """
      $form PostObject PutObject
      $unknown PostBucketUnknown PutObject
      """;

  private static final String GET_OBJECT =
      """
      torrent GetObjectTorrent
      annotation ListObjectAnnotations
      annotationName GetObjectAnnotation
      $unknown GetObjectUnknown GetObject
      """;

  private static final String PUT_OBJECT =
      """
      acl PutObjectAcl
      annotation PutObjectAnnotation
      annotationName PutObjectAnnotation
      encryption UpdateObjectEncryption
      legal-hold PutObjectLegalHold
      renameObject RenameObject s3express:CreateSession
      retention PutObjectRetention
      $unknown PutObjectUnknown PutObject
      """;

  private static final String POST_OBJECT =
      """
      restore RestoreObject
      select SelectObjectContent GetObject
      $unknown PostObjectUnknown PutObject
      """;

  /** Without a name only a list makes sense; nothing else may be taken for another operation. */
  private static final String DELETE_OBJECT =
      """
      annotation DeleteObjectAnnotation
      annotationName DeleteObjectAnnotation
      $unknown DeleteObjectUnknown DeleteObject
      """;

  private NotBuilt() {}

  static void addTo(RouteTable table) {
    add(table, Level.BUCKET, "GET", Effect.READS, GET_BUCKET);
    add(table, Level.BUCKET, "HEAD", Effect.READS, "$unknown HeadBucketUnknown ListBucket");
    add(table, Level.BUCKET, "PUT", Effect.ADMINISTERS, PUT_BUCKET);
    add(table, Level.BUCKET, "DELETE", Effect.ADMINISTERS, DELETE_BUCKET);
    add(table, Level.BUCKET, "POST", Effect.ADMINISTERS, POST_BUCKET);
    add(table, Level.BUCKET, "POST", Effect.CHANGES_CONTENT, UPLOAD_TO_BUCKET);
    add(table, Level.OBJECT, "GET", Effect.READS, GET_OBJECT);
    add(table, Level.OBJECT, "HEAD", Effect.READS, "$unknown HeadObjectUnknown GetObject");
    add(table, Level.OBJECT, "PUT", Effect.CHANGES_CONTENT, PUT_OBJECT);
    add(table, Level.OBJECT, "POST", Effect.CHANGES_CONTENT, POST_OBJECT);
    add(table, Level.OBJECT, "DELETE", Effect.CHANGES_CONTENT, DELETE_OBJECT);
  }

  private static void add(
      RouteTable table, Level level, String method, Effect effect, String rows) {
    for (String line : rows.lines().toList()) {
      String[] row = line.split(" ", -1);
      String name = row[1];
      String action = row[row.length - 1];
      S3Exception error =
          S3Error.NOT_IMPLEMENTED.exception(name + " is not implemented by this server.");
      table.refuse(
          new Route(method, level, row[0]),
          name,
          effect,
          action.contains(":") ? action : "s3:" + action,
          error);
    }
  }
}
