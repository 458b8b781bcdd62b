package dev.lakebed.s3;

import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.bucket.BucketCors;
import dev.lakebed.s3.bucket.BucketPolicies;
import dev.lakebed.s3.bucket.CreateBucket;
import dev.lakebed.s3.bucket.ExistingBucket;
import dev.lakebed.s3.bucket.ListBuckets;
import dev.lakebed.s3.bucket.PreflightCors;
import dev.lakebed.s3.bucket.PublicAccessBlocks;
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
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.operation.ObjectLookup;
import dev.lakebed.s3.operation.Route;
import dev.lakebed.s3.operation.SourceLookup;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.tagging.BucketTagging;
import dev.lakebed.s3.tagging.ObjectTagging;

/** The one table of the S3 operations. */
final class S3Operations {
  private S3Operations() {}

  static OperationTable<Route, S3Request> table(S3Services services, S3Settings settings) {
    BucketLookup buckets = new BucketLookup(services.buckets());
    RouteTable table = new RouteTable(buckets);
    ObjectLookup objects = new ObjectLookup(services.objects());
    buckets(table, services, settings.region());
    listings(table, services, buckets);
    objects(table, services, buckets, objects);
    uploads(table, services, buckets, objects);
    access(table, services);
    tagging(table, services, buckets, objects);
    cors(table, services, buckets);
    NeverConfigured.addTo(table, buckets, objects);
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

  private static void buckets(RouteTable table, S3Services services, String region) {
    ExistingBucket existing = new ExistingBucket(services.buckets(), region);
    BucketLookup buckets = new BucketLookup(services.buckets());
    table
        .service("GET", "", new ListBuckets(services.buckets(), region))
        .bucket("PUT", "", new CreateBucket(services.buckets(), region))
        .bucket(
            "HEAD",
            "",
            new BucketOperation(
                buckets, "HeadBucket", Effect.READS, "s3:ListBucket", existing::head))
        .change("DELETE", "", "DeleteBucket", "s3:DeleteBucket", existing::delete)
        .read("location", "GetBucketLocation", existing::location);
  }

  private static void access(RouteTable table, S3Services services) {
    BucketPolicies policies =
        new BucketPolicies(services.accessRules(), services.principals(), services.rootUsers());
    PublicAccessBlocks blocks = new PublicAccessBlocks(services.accessRules());
    String putBlock = "s3:PutBucketPublicAccessBlock";
    table
        .read("policy", "GetBucketPolicy", policies::get)
        .change("PUT", "policy", "PutBucketPolicy", BucketPolicies.ACTION, policies::put)
        .change("DELETE", "policy", "DeleteBucketPolicy", "s3:DeleteBucketPolicy", policies::delete)
        .read("policyStatus", "GetBucketPolicyStatus", policies::status)
        .read(
            "publicAccessBlock",
            "GetPublicAccessBlock",
            "s3:GetBucketPublicAccessBlock",
            blocks::get)
        .change("PUT", "publicAccessBlock", "PutPublicAccessBlock", putBlock, blocks::put)
        .change("DELETE", "publicAccessBlock", "DeletePublicAccessBlock", putBlock, blocks::delete);
  }

  private static void cors(RouteTable table, S3Services services, BucketLookup buckets) {
    BucketCors cors = new BucketCors(services.accessRules());
    PreflightCors preflight = new PreflightCors(buckets);
    table
        .read("cors", "GetBucketCors", "s3:GetBucketCORS", cors::get)
        .change("PUT", "cors", "PutBucketCors", "s3:PutBucketCORS", cors::put)
        .change("DELETE", "cors", "DeleteBucketCors", "s3:PutBucketCORS", cors::delete)
        .bucket("OPTIONS", "", preflight)
        .object("OPTIONS", "", preflight);
  }

  private static void tagging(
      RouteTable table, S3Services services, BucketLookup buckets, ObjectLookup objects) {
    BucketTagging ofBuckets = new BucketTagging(services.accessRules());
    ObjectTagging ofObjects = new ObjectTagging(buckets, objects, services.objects());
    String put = "s3:PutBucketTagging";
    table
        .read("tagging", "GetBucketTagging", ofBuckets::get)
        .change("PUT", "tagging", "PutBucketTagging", put, ofBuckets::put)
        .change("DELETE", "tagging", "DeleteBucketTagging", put, ofBuckets::delete)
        .read("abac", "GetBucketAbac", "s3:GetBucketABAC", ofBuckets::getAbac)
        .change("PUT", "abac", "PutBucketAbac", "s3:PutBucketABAC", ofBuckets::putAbac)
        .object("GET", "tagging", ofObjects.get())
        .object("PUT", "tagging", ofObjects.put())
        .object("DELETE", "tagging", ofObjects.delete());
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
