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
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The operations of the S3 API that answer 501, so that none falls through to another. Who may not
 * call them hears that first (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">AWS,
 * Required permissions for Amazon S3 API operations</a>). A row has the sub-resource, the operation
 * and, where it is not named like the operation, the action.
 */
final class NotBuilt {
  private static final String GET_BUCKET =
      """
      metadataConfiguration GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration
      metadataTable GetBucketMetadataTableConfiguration
      session CreateSession s3express:CreateSession
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
      """;

  private static final String POST_BUCKET =
      """
      metadataConfiguration CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration
      metadataTable CreateBucketMetadataTableConfiguration
      """;

  private static final String GET_OBJECT =
      """
      torrent GetObjectTorrent
      annotation ListObjectAnnotations
      annotationName GetObjectAnnotation
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
      """;

  private static final String POST_OBJECT =
      """
      restore RestoreObject
      select SelectObjectContent GetObject
      """;

  /** Without a name only a list makes sense; nothing else may be taken for another operation. */
  private static final String DELETE_OBJECT =
      """
      annotation DeleteObjectAnnotation
      annotationName DeleteObjectAnnotation
      """;

  private NotBuilt() {}

  static void addTo(RouteTable table, BucketLookup buckets) {
    BiConsumer<Route, Row> add =
        (route, row) ->
            table.add(
                route,
                row.name(),
                row.effect(),
                new Refused(
                    buckets,
                    row.action(),
                    S3Error.NOT_IMPLEMENTED.exception(
                        row.name() + " is not implemented by this server.")));
    rows("GET", Level.BUCKET, Effect.READS, GET_BUCKET).forEach(add);
    rows("PUT", Level.BUCKET, Effect.ADMINISTERS, PUT_BUCKET).forEach(add);
    rows("DELETE", Level.BUCKET, Effect.ADMINISTERS, DELETE_BUCKET).forEach(add);
    rows("POST", Level.BUCKET, Effect.ADMINISTERS, POST_BUCKET).forEach(add);
    rows("POST", Level.BUCKET, Effect.CHANGES_CONTENT, Route.FORM + " PostObject PutObject")
        .forEach(add);
    rows("GET", Level.OBJECT, Effect.READS, GET_OBJECT).forEach(add);
    rows("PUT", Level.OBJECT, Effect.CHANGES_CONTENT, PUT_OBJECT).forEach(add);
    rows("POST", Level.OBJECT, Effect.CHANGES_CONTENT, POST_OBJECT).forEach(add);
    rows("DELETE", Level.OBJECT, Effect.CHANGES_CONTENT, DELETE_OBJECT).forEach(add);
    unknown(add);
  }

  /** AWS asks for a right that is not known here; the one of the address alone stands for it. */
  private static void unknown(BiConsumer<Route, Row> add) {
    unknown("GET", Effect.READS, "ListBucket", Effect.READS, "GetObject").forEach(add);
    unknown("HEAD", Effect.READS, "ListBucket", Effect.READS, "GetObject").forEach(add);
    unknown("PUT", Effect.ADMINISTERS, "CreateBucket", Effect.CHANGES_CONTENT, "PutObject")
        .forEach(add);
    unknown("POST", Effect.CHANGES_CONTENT, "PutObject", Effect.CHANGES_CONTENT, "PutObject")
        .forEach(add);
    unknown("DELETE", Effect.ADMINISTERS, "DeleteBucket", Effect.CHANGES_CONTENT, "DeleteObject")
        .forEach(add);
  }

  private static Map<Route, Row> unknown(
      String method, Effect onBucket, String bucketAction, Effect onObject, String objectAction) {
    String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    return Map.of(
        new Route(method, Level.BUCKET, Route.UNKNOWN),
        new Row(verb + "BucketUnknown", onBucket, "s3:" + bucketAction),
        new Route(method, Level.OBJECT, Route.UNKNOWN),
        new Row(verb + "ObjectUnknown", onObject, "s3:" + objectAction));
  }

  private static Map<Route, Row> rows(String method, Level level, Effect effect, String table) {
    return table
        .lines()
        .map(line -> line.split(" "))
        .collect(
            Collectors.toMap(
                row -> new Route(method, level, row[0]),
                row -> {
                  String action = row[row.length - 1];
                  return new Row(row[1], effect, action.contains(":") ? action : "s3:" + action);
                }));
  }

  private record Row(String name, Effect effect, String action) {}

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
