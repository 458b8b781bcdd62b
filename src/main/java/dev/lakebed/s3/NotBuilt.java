package dev.lakebed.s3;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.Route;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.S3Request.Level;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.util.List;

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

  private final RouteTable table;
  private final BucketLookup buckets;

  private NotBuilt(RouteTable table, BucketLookup buckets) {
    this.table = table;
    this.buckets = buckets;
  }

  static void addTo(RouteTable table, BucketLookup buckets) {
    NotBuilt missing = new NotBuilt(table, buckets);
    missing.add(Level.BUCKET, "GET", Effect.READS, GET_BUCKET);
    missing.add(Level.BUCKET, "HEAD", Effect.READS, "$unknown HeadBucketUnknown ListBucket");
    missing.add(Level.BUCKET, "PUT", Effect.ADMINISTERS, PUT_BUCKET);
    missing.add(Level.BUCKET, "DELETE", Effect.ADMINISTERS, DELETE_BUCKET);
    missing.add(Level.BUCKET, "POST", Effect.ADMINISTERS, POST_BUCKET);
    missing.add(Level.BUCKET, "POST", Effect.CHANGES_CONTENT, UPLOAD_TO_BUCKET);
    missing.add(Level.OBJECT, "GET", Effect.READS, GET_OBJECT);
    missing.add(Level.OBJECT, "HEAD", Effect.READS, "$unknown HeadObjectUnknown GetObject");
    missing.add(Level.OBJECT, "PUT", Effect.CHANGES_CONTENT, PUT_OBJECT);
    missing.add(Level.OBJECT, "POST", Effect.CHANGES_CONTENT, POST_OBJECT);
    missing.add(Level.OBJECT, "DELETE", Effect.CHANGES_CONTENT, DELETE_OBJECT);
  }

  private void add(Level level, String method, Effect effect, String rows) {
    for (String line : rows.lines().toList()) {
      String[] row = line.split(" ");
      String name = row[1];
      String action = row[row.length - 1];
      S3Exception error =
          S3Error.NOT_IMPLEMENTED.exception(name + " is not implemented by this server.");
      table.add(
          new Route(method, level, row[0]),
          name,
          effect,
          new Refused(buckets, action.contains(":") ? action : "s3:" + action, error));
    }
  }

  /**
   * An operation that always ends with the same error. That the bucket is missing, or that the
   * caller may not, is told first, as for every other operation.
   *
   * @param action what AWS asks for it, on the bucket or the object that is addressed
   */
  record Refused(BucketLookup lookup, String action, S3Exception error)
      implements S3Operation<Bucket> {
    @Override
    public Bucket parse(S3Request request) {
      return lookup.require(request);
    }

    @Override
    public List<Permission> permissions(S3Request request, Bucket bucket, Caller caller) {
      S3Access access = new S3Access(bucket, request);
      return List.of(
          request.level() == Level.OBJECT ? access.onObject(action) : access.onBucket(action));
    }

    @Override
    public Response execute(S3Request request, Bucket bucket, Caller caller) {
      throw error;
    }
  }
}
