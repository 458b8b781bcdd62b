package dev.lakebed.s3.bucket;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.content.UnsupportedHeaders.CannedAcls;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;

/** Refuses headers of CreateBucket that this server cannot follow. */
final class BucketHeaders {
  private BucketHeaders() {}

  static void refuse(S3Request request) {
    for (Headers.Header field : request.wire().headers().all()) {
      String name = field.name();
      if (name.startsWith("x-amz-grant-")) {
        throw S3Error.INVALID_BUCKET_ACL.exception();
      }
      if (name.equals("x-amz-acl")) {
        CannedAcls.requireKnown(field.value());
        if (!field.value().equals("private")) {
          throw S3Error.INVALID_BUCKET_ACL.exception();
        }
      }
    }
  }

  /** Refuses what is not built. */
  static void requireBuilt(S3Request request) {
    requireValue(request, "x-amz-object-ownership", "BucketOwnerEnforced");
    requireValue(request, "x-amz-bucket-object-lock-enabled", "false");
    requireValue(request, "x-amz-bucket-namespace", "global");
  }

  private static void requireValue(S3Request request, String header, String built) {
    if (request.header(header).filter(value -> !value.equalsIgnoreCase(built)).isPresent()) {
      throw S3Error.NOT_IMPLEMENTED.exception().with("Header", header);
    }
  }
}
