package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Permission;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.Optional;

record UploadTarget(Bucket bucket, String key, String uploadId) {
  static UploadTarget of(BucketLookup lookup, S3Request request) {
    return new UploadTarget(lookup.require(request), request.key(), request.text("uploadId"));
  }

  Permission permission(S3Request request, String action) {
    return new S3Access(bucket, request).onObject(action);
  }

  /** The upload, completed or not, if there is one. */
  Optional<Upload> find(Uploads uploads) {
    // An id that was not made here never reaches the store.
    return UploadIds.isOne(uploadId) ? uploads.find(bucket.id(), key, uploadId) : Optional.empty();
  }

  /** The unfinished upload, or fails with NoSuchUpload. */
  Upload require(Uploads uploads) {
    return find(uploads).filter(upload -> upload.completed().isEmpty()).orElseThrow(this::missing);
  }

  S3Exception missing() {
    return S3Error.NO_SUCH_UPLOAD.exception().with("UploadId", uploadId);
  }

  /** The part that a request names. {@code number} is 1 to 10000. */
  record PartParameters(UploadTarget target, int number) {
    static PartParameters parse(BucketLookup lookup, S3Request request) {
      int number =
          request
              .partNumber()
              .orElseThrow(
                  () ->
                      S3Error.invalidArgument(
                          "This operation needs partNumber and uploadId", "partNumber"));
      return new PartParameters(UploadTarget.of(lookup, request), number);
    }
  }

  static void people(XmlWriter xml, Upload upload, Bucket bucket) {
    xml.identity("Initiator", upload.initiatorArn()).identity("Owner", bucket.owner());
  }
}
