package dev.lakebed.s3;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.bucket.CreateBucket;
import dev.lakebed.s3.bucket.DeleteBucket;
import dev.lakebed.s3.bucket.DeleteBucketCors;
import dev.lakebed.s3.bucket.DeleteBucketPolicy;
import dev.lakebed.s3.bucket.DeletePublicAccessBlock;
import dev.lakebed.s3.bucket.GetBucketCors;
import dev.lakebed.s3.bucket.GetBucketLocation;
import dev.lakebed.s3.bucket.GetBucketPolicy;
import dev.lakebed.s3.bucket.GetBucketPolicyStatus;
import dev.lakebed.s3.bucket.GetPublicAccessBlock;
import dev.lakebed.s3.bucket.HeadBucket;
import dev.lakebed.s3.bucket.ListBuckets;
import dev.lakebed.s3.bucket.PreflightCors;
import dev.lakebed.s3.bucket.PutBucketCors;
import dev.lakebed.s3.bucket.PutBucketPolicy;
import dev.lakebed.s3.bucket.PutPublicAccessBlock;
import dev.lakebed.s3.content.ContentStore;
import dev.lakebed.s3.multipart.AbortMultipartUpload;
import dev.lakebed.s3.multipart.CompleteMultipartUpload;
import dev.lakebed.s3.multipart.CreateMultipartUpload;
import dev.lakebed.s3.multipart.ListMultipartUploads;
import dev.lakebed.s3.multipart.ListParts;
import dev.lakebed.s3.multipart.PartPublisher;
import dev.lakebed.s3.multipart.UploadPart;
import dev.lakebed.s3.multipart.UploadPartCopy;
import dev.lakebed.s3.object.CopyObject;
import dev.lakebed.s3.object.DeleteObject;
import dev.lakebed.s3.object.DeleteObjects;
import dev.lakebed.s3.object.GetObjectAttributes;
import dev.lakebed.s3.object.ListObjectVersions;
import dev.lakebed.s3.object.ListObjects;
import dev.lakebed.s3.object.ListObjectsV2;
import dev.lakebed.s3.object.ObjectPublisher;
import dev.lakebed.s3.object.PostObject;
import dev.lakebed.s3.object.PutObject;
import dev.lakebed.s3.object.ReadObject;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectLookup;
import dev.lakebed.s3.operation.Route;
import dev.lakebed.s3.operation.RouteTable;
import dev.lakebed.s3.operation.SourceLookup;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.tagging.DeleteBucketTagging;
import dev.lakebed.s3.tagging.DeleteObjectTagging;
import dev.lakebed.s3.tagging.GetBucketAbac;
import dev.lakebed.s3.tagging.GetBucketTagging;
import dev.lakebed.s3.tagging.ObjectTagging;
import dev.lakebed.s3.tagging.PutBucketAbac;
import dev.lakebed.s3.tagging.PutBucketTagging;
import dev.lakebed.s3.tagging.PutObjectTagging;
import dev.lakebed.storage.metadata.AccessRules;

/** The one table of the S3 operations. */
final class S3Operations {
  private S3Operations() {}

  static OperationTable<Route, S3Request> table(S3Services services, S3Settings settings) {
    RouteTable table = new RouteTable();
    BucketLookup buckets = new BucketLookup(services.buckets());
    ObjectLookup objects = new ObjectLookup(services.objects());
    buckets(table, services, settings, buckets);
    listings(table, services, buckets);
    objects(table, services, buckets, objects);
    uploads(table, services, buckets, objects);
    access(table, services, buckets);
    tagging(table, services, buckets, objects);
    cors(table, services, buckets);
    BucketDefaults.addTo(table, buckets);
    ObjectDefaults.addTo(table, buckets, objects);
    NotBuilt.addTo(table, buckets);
    return table.build();
  }

  /** The upload of a browser form, which the table cannot reach: the form must be read first. */
  static PostObject formUpload(S3Services services) {
    ContentStore contents = new ContentStore(services.blobs());
    return new PostObject(
        new BucketLookup(services.buckets()),
        new ObjectPublisher(contents, services.objects(), services.clock()));
  }

  private static void buckets(
      RouteTable table, S3Services services, S3Settings settings, BucketLookup buckets) {
    String region = settings.region();
    table
        .service("GET", "", new ListBuckets(services.buckets(), region))
        .bucket("PUT", "", new CreateBucket(services.buckets(), region))
        .bucket("HEAD", "", new HeadBucket(buckets, region))
        .bucket("DELETE", "", new DeleteBucket(buckets, services.buckets()))
        .bucket("GET", "location", new GetBucketLocation(buckets, region));
  }

  private static void access(RouteTable table, S3Services services, BucketLookup buckets) {
    AccessRules rules = services.accessRules();
    PrincipalBinding principals = services.principals();
    table
        .bucket("GET", "policy", new GetBucketPolicy(buckets, principals))
        .bucket(
            "PUT", "policy", new PutBucketPolicy(buckets, rules, principals, services.rootUsers()))
        .bucket("DELETE", "policy", new DeleteBucketPolicy(buckets, rules))
        .bucket("GET", "policyStatus", new GetBucketPolicyStatus(buckets))
        .bucket("GET", "publicAccessBlock", new GetPublicAccessBlock(buckets))
        .bucket("PUT", "publicAccessBlock", new PutPublicAccessBlock(buckets, rules))
        .bucket("DELETE", "publicAccessBlock", new DeletePublicAccessBlock(buckets, rules));
  }

  private static void cors(RouteTable table, S3Services services, BucketLookup buckets) {
    PreflightCors preflight = new PreflightCors(buckets);
    table
        .bucket("GET", "cors", new GetBucketCors(buckets))
        .bucket("PUT", "cors", new PutBucketCors(buckets, services.accessRules()))
        .bucket("DELETE", "cors", new DeleteBucketCors(buckets, services.accessRules()))
        .bucket("OPTIONS", "", preflight)
        .object("OPTIONS", "", preflight);
  }

  private static void tagging(
      RouteTable table, S3Services services, BucketLookup buckets, ObjectLookup objects) {
    AccessRules rules = services.accessRules();
    ObjectTagging tags = new ObjectTagging(objects, services.objects());
    table
        .bucket("GET", "tagging", new GetBucketTagging(buckets))
        .bucket("PUT", "tagging", new PutBucketTagging(buckets, rules))
        .bucket("DELETE", "tagging", new DeleteBucketTagging(buckets, rules))
        .bucket("GET", "abac", new GetBucketAbac(buckets))
        .bucket("PUT", "abac", new PutBucketAbac(buckets, rules))
        .object("PUT", "tagging", new PutObjectTagging(buckets, tags))
        .object("DELETE", "tagging", new DeleteObjectTagging(buckets, tags));
  }

  private static void listings(RouteTable table, S3Services services, BucketLookup buckets) {
    table
        .bucket("GET", "", new ListObjects(buckets, services.objects()))
        .bucket("GET", Route.LIST_V2, new ListObjectsV2(buckets, services.objects()))
        .bucket("GET", "versions", new ListObjectVersions(buckets, services.objects()))
        .bucket("GET", "uploads", new ListMultipartUploads(buckets, services.uploads()));
  }

  private static void objects(
      RouteTable table, S3Services services, BucketLookup buckets, ObjectLookup objects) {
    ContentStore contents = new ContentStore(services.blobs());
    ObjectPublisher publisher = new ObjectPublisher(contents, services.objects(), services.clock());
    SourceLookup sources = new SourceLookup(buckets, objects);
    table
        .object("PUT", "", new PutObject(buckets, services.objects(), publisher))
        .object("PUT", Route.COPY, new CopyObject(buckets, sources, services.objects(), publisher))
        .object("GET", "", new ReadObject("GetObject", buckets, objects, contents))
        .object("HEAD", "", new ReadObject("HeadObject", buckets, objects, contents))
        .object("DELETE", "", new DeleteObject(buckets, services.objects()))
        .bucket("POST", "delete", new DeleteObjects(buckets, services.objects()))
        .object("GET", "attributes", new GetObjectAttributes(buckets, objects));
  }

  private static void uploads(
      RouteTable table, S3Services services, BucketLookup buckets, ObjectLookup objects) {
    String uploadId = "uploadId";
    PartPublisher publisher =
        new PartPublisher(new ContentStore(services.blobs()), services.uploads(), services.clock());
    SourceLookup sources = new SourceLookup(buckets, objects);
    table
        .object(
            "POST",
            "uploads",
            new CreateMultipartUpload(buckets, services.uploads(), services.clock()))
        .object("PUT", uploadId, new UploadPart(buckets, services.uploads(), publisher))
        .object(
            "PUT",
            Route.COPY_PART,
            new UploadPartCopy(buckets, sources, services.uploads(), publisher))
        .object(
            "POST",
            uploadId,
            new CompleteMultipartUpload(buckets, services.uploads(), services.clock()))
        .object("DELETE", uploadId, new AbortMultipartUpload(buckets, services.uploads()))
        .object("GET", uploadId, new ListParts(buckets, services.uploads()));
  }
}
