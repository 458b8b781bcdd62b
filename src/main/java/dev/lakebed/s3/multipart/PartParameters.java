package dev.lakebed.s3.multipart;

import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;

/**
 * The part that a request names.
 *
 * @param number 1 to 10000
 */
record PartParameters(UploadTarget target, int number) {
  static PartParameters parse(BucketLookup lookup, S3Request request) {
    int number =
        request
            .partNumber()
            .orElseThrow(
                () ->
                    S3Error.INVALID_ARGUMENT
                        .exception("This operation needs partNumber and uploadId")
                        .with("ArgumentName", "partNumber"));
    return new PartParameters(UploadTarget.of(lookup, request), number);
  }
}
