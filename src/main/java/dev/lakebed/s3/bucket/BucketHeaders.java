package dev.lakebed.s3.bucket;

import dev.lakebed.s3.attributes.CannedAcls;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.request.S3Request;
import dev.lakebed.wire.Headers;

/** Refuses headers of CreateBucket that ask for what this server does not build. */
final class BucketHeaders {
  private BucketHeaders() {}

  static void refuse(S3Request request) {
    for (Headers.Header field : request.wire().headers().all()) {
      String name = field.name();
      if (name.startsWith("x-amz-grant-")) {
        throw S3Error.INVALID_BUCKET_ACL.exception();
      }
      switch (name) {
        case "x-amz-acl" -> {
          CannedAcls.requireKnown(field.value());
          if (!field.value().equals("private")) {
            throw S3Error.INVALID_BUCKET_ACL.exception();
          }
        }
        case "x-amz-object-ownership" -> requireValue(field, "BucketOwnerEnforced");
        case "x-amz-bucket-object-lock-enabled" -> requireValue(field, "false");
        case "x-amz-bucket-namespace" -> requireValue(field, "global");
        default -> {
          // nothing that a new bucket depends on
        }
      }
    }
  }

  private static void requireValue(Headers.Header field, String built) {
    if (!field.value().equalsIgnoreCase(built)) {
      throw S3Error.NOT_IMPLEMENTED.exception().with("Header", field.name());
    }
  }
}
