package dev.lakebed.s3;

import static dev.lakebed.operation.Operation.Effect.ADMINISTERS;
import static dev.lakebed.operation.Operation.Effect.CHANGES_CONTENT;
import static dev.lakebed.operation.Operation.Effect.READS;

import dev.lakebed.operation.Operation;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.s3.bucket.BucketCors;
import dev.lakebed.s3.bucket.BucketPolicies;
import dev.lakebed.s3.bucket.BucketTagging;
import dev.lakebed.s3.bucket.CreateBucket;
import dev.lakebed.s3.bucket.ExistingBucket;
import dev.lakebed.s3.bucket.ListBuckets;
import dev.lakebed.s3.bucket.PreflightCors;
import dev.lakebed.s3.bucket.PublicAccessBlocks;
import dev.lakebed.s3.multipart.AbortMultipartUpload;
import dev.lakebed.s3.multipart.CompleteMultipartUpload;
import dev.lakebed.s3.multipart.CreateMultipartUpload;
import dev.lakebed.s3.multipart.ListMultipartUploads;
import dev.lakebed.s3.multipart.ListParts;
import dev.lakebed.s3.multipart.UploadPart;
import dev.lakebed.s3.multipart.UploadPart.PartPublisher;
import dev.lakebed.s3.multipart.UploadPartCopy;
import dev.lakebed.s3.object.ContentStore;
import dev.lakebed.s3.object.CopyObject;
import dev.lakebed.s3.object.DeleteObjects;
import dev.lakebed.s3.object.DeleteObjects.DeleteObject;
import dev.lakebed.s3.object.GetObjectAttributes;
import dev.lakebed.s3.object.ListObjects;
import dev.lakebed.s3.object.ObjectPublisher;
import dev.lakebed.s3.object.ObjectTagging;
import dev.lakebed.s3.object.ObjectUpload.PutObject;
import dev.lakebed.s3.object.PostObject;
import dev.lakebed.s3.object.ReadObject;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.BucketOperation;
import dev.lakebed.s3.rest.ListOperation;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.Route;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Uploads;
import java.time.InstantSource;

/** The one table of the S3 operations. */
final class S3Operations {
  private final S3Services services;
  private final String region;
  private final BucketLookup buckets;
  private final ObjectLookup objects;
  private final ContentStore contents;
  private final RouteTable table;

  private S3Operations(S3Services services, String region) {
    this.services = services;
    this.region = region;
    this.buckets = new BucketLookup(services.buckets());
    this.objects = new ObjectLookup(services.objects());
    this.contents = new ContentStore(services.blobs());
    this.table = new RouteTable(buckets, objects);
  }

  static OperationTable<Route, S3Request> table(
      S3Services services, S3Services.S3Settings settings) {
    S3Operations operations = new S3Operations(services, settings.region());
    operations.buckets();
    operations.access();
    operations.cors();
    operations.tagging();
    operations.listings();
    operations.objects();
    operations.uploads();
    NeverConfigured.addTo(operations.table, operations.objects);
    NotBuilt.addTo(operations.table);
    return operations.table.build();
  }

  /** The upload of a browser form, which the table cannot reach: the form must be read first. */
  static Operation<S3Request> formUpload(S3Services services) {
    ContentStore contents = new ContentStore(services.blobs());
    PostObject upload =
        new PostObject(
            new BucketLookup(services.buckets()),
            new ObjectPublisher(contents, services.objects(), services.clock()));
    return new Operation<>("PostObject", CHANGES_CONTENT, upload);
  }

  private void buckets() {
    Buckets stored = services.buckets();
    ExistingBucket existing = new ExistingBucket(stored, region);
    Route service = new Route("GET", S3Request.Level.SERVICE, "");
    BucketOperation head = new BucketOperation(buckets, "s3:ListBucket", existing::head);
    table
        .add(service, "ListBuckets", READS, new ListBuckets(stored, region))
        .bucket("PUT", "", "CreateBucket", ADMINISTERS, new CreateBucket(stored, region))
        .bucket("HEAD", "", "HeadBucket", READS, head)
        .change("DELETE", "", "DeleteBucket", "s3:DeleteBucket", existing::delete)
        .read("location", "GetBucketLocation", existing::location);
  }

  private void access() {
    BucketPolicies policies =
        new BucketPolicies(services.accessRules(), services.principals(), services.rootUsers());
    PublicAccessBlocks blocks = new PublicAccessBlocks(services.accessRules());
    String getBlock = "s3:GetBucketPublicAccessBlock";
    String putBlock = "s3:PutBucketPublicAccessBlock";
    table
        .read("policy", "GetBucketPolicy", policies::get)
        .change("PUT", "policy", "PutBucketPolicy", BucketPolicies.ACTION, policies::put)
        .change("DELETE", "policy", "DeleteBucketPolicy", "s3:DeleteBucketPolicy", policies::delete)
        .read("policyStatus", "GetBucketPolicyStatus", policies::status)
        .read("publicAccessBlock", "GetPublicAccessBlock", getBlock, blocks::get)
        .change("PUT", "publicAccessBlock", "PutPublicAccessBlock", putBlock, blocks::put)
        .change("DELETE", "publicAccessBlock", "DeletePublicAccessBlock", putBlock, blocks::delete);
  }

  private void cors() {
    BucketCors cors = new BucketCors(services.accessRules());
    PreflightCors preflight = new PreflightCors(buckets);
    table
        .read("cors", "GetBucketCors", "s3:GetBucketCORS", cors::get)
        .change("PUT", "cors", "PutBucketCors", "s3:PutBucketCORS", cors::put)
        .change("DELETE", "cors", "DeleteBucketCors", "s3:PutBucketCORS", cors::delete)
        .bucket("OPTIONS", "", "PreflightCORS", READS, preflight)
        .object("OPTIONS", "", "PreflightCORS", READS, preflight);
  }

  private void tagging() {
    BucketTagging ofBuckets = new BucketTagging(services.accessRules());
    ObjectTagging ofObjects = new ObjectTagging(buckets, objects, services.objects());
    String put = "s3:PutBucketTagging";
    table
        .read("tagging", "GetBucketTagging", ofBuckets::get)
        .change("PUT", "tagging", "PutBucketTagging", put, ofBuckets::put)
        .change("DELETE", "tagging", "DeleteBucketTagging", put, ofBuckets::delete)
        .read("abac", "GetBucketAbac", "s3:GetBucketABAC", ofBuckets::getAbac)
        .change("PUT", "abac", "PutBucketAbac", "s3:PutBucketABAC", ofBuckets::putAbac)
        .object("GET", "tagging", "GetObjectTagging", READS, ofObjects::get)
        .object("PUT", "tagging", "PutObjectTagging", CHANGES_CONTENT, ofObjects.put())
        .object("DELETE", "tagging", "DeleteObjectTagging", CHANGES_CONTENT, ofObjects::delete);
  }

  private void listings() {
    ListObjects listings = new ListObjects(services.objects());
    ListMultipartUploads uploads = new ListMultipartUploads(services.uploads());
    listing("", "ListObjects", "s3:ListBucket", listings::first);
    listing(Route.LIST_V2, "ListObjectsV2", "s3:ListBucket", listings::second);
    listing("versions", "ListObjectVersions", "s3:ListBucketVersions", listings::versions);
    ListOperation ofUploads =
        new ListOperation(buckets, "s3:ListBucketMultipartUploads", "max-uploads", uploads::list);
    table.bucket("GET", "uploads", "ListMultipartUploads", READS, ofUploads);
  }

  private void listing(String selector, String name, String action, ListOperation.Work work) {
    table.bucket(
        "GET", selector, name, READS, new ListOperation(buckets, action, "max-keys", work));
  }

  private void objects() {
    Objects stored = services.objects();
    ObjectPublisher publisher = new ObjectPublisher(contents, stored, services.clock());
    ReadObject read = new ReadObject(buckets, objects, contents);
    CopyObject copy = new CopyObject(buckets, objects, publisher);
    DeleteObjects deleteAll = new DeleteObjects(buckets, stored);
    GetObjectAttributes attributes = new GetObjectAttributes(buckets, objects);
    table
        .object("PUT", "", "PutObject", CHANGES_CONTENT, new PutObject(buckets, publisher))
        .object("PUT", Route.COPY, "CopyObject", CHANGES_CONTENT, copy)
        .object("GET", "", "GetObject", READS, read)
        .object("HEAD", "", "HeadObject", READS, read)
        .object("DELETE", "", "DeleteObject", CHANGES_CONTENT, new DeleteObject(buckets, stored))
        .bucket("POST", "delete", "DeleteObjects", CHANGES_CONTENT, deleteAll)
        .object("GET", "attributes", "GetObjectAttributes", READS, attributes);
  }

  private void uploads() {
    Uploads stored = services.uploads();
    InstantSource clock = services.clock();
    PartPublisher publisher = new PartPublisher(contents, stored, clock);
    UploadPartCopy copy = new UploadPartCopy(buckets, objects, stored, publisher);
    CompleteMultipartUpload complete = new CompleteMultipartUpload(buckets, stored, clock);
    CreateMultipartUpload create = new CreateMultipartUpload(buckets, stored, clock);
    upload("POST", "uploads", "CreateMultipartUpload", create);
    upload("PUT", "uploadId", "UploadPart", new UploadPart(buckets, stored, publisher));
    upload("PUT", Route.COPY_PART, "UploadPartCopy", copy);
    upload("POST", "uploadId", "CompleteMultipartUpload", complete);
    upload("DELETE", "uploadId", "AbortMultipartUpload", new AbortMultipartUpload(buckets, stored));
    table.object("GET", "uploadId", "ListParts", READS, new ListParts(buckets, stored));
  }

  private void upload(
      String method, String selector, String name, Operation.Binding<S3Request> operation) {
    table.object(method, selector, name, CHANGES_CONTENT, operation);
  }
}
