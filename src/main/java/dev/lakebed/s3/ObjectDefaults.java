package dev.lakebed.s3;

import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.object.ObjectDocument;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectLookup;
import dev.lakebed.s3.operation.Refused;
import dev.lakebed.s3.operation.RouteTable;
import dev.lakebed.s3.rest.S3Error;

/** Reads of an object's sub-resources. */
final class ObjectDefaults {
  private static final String NO_LOCK = "Bucket is missing Object Lock Configuration";

  private ObjectDefaults() {}

  static void addTo(RouteTable table, BucketLookup buckets, ObjectLookup objects) {
    table
        .object(
            "GET",
            "acl",
            new ObjectDocument(
                buckets,
                objects,
                "GetObjectAcl",
                "Acl",
                (target, object) -> OwnerAcl.document(target.bucket().owner())))
        .object(
            "GET",
            "tagging",
            new ObjectDocument(
                buckets,
                objects,
                "GetObjectTagging",
                "Tagging",
                (target, object) -> TagDocument.write(object.attributes().tags())))
        .object(
            "GET",
            "retention",
            new Refused(
                buckets,
                "GetObjectRetention",
                Effect.READS,
                "s3:GetObjectRetention",
                S3Error.INVALID_REQUEST.exception(NO_LOCK)))
        .object(
            "GET",
            "legal-hold",
            new Refused(
                buckets,
                "GetObjectLegalHold",
                Effect.READS,
                "s3:GetObjectLegalHold",
                S3Error.INVALID_REQUEST.exception(NO_LOCK)));
  }
}
