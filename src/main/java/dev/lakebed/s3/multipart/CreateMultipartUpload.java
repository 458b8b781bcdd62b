package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.Checksums;
import dev.lakebed.s3.object.Encryption;
import dev.lakebed.s3.object.RequestAttributes;
import dev.lakebed.s3.object.UnsupportedHeaders;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.UploadIds;
import dev.lakebed.storage.metadata.object.Uploads;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

public record CreateMultipartUpload(BucketLookup lookup, Uploads uploads, InstantSource clock)
    implements Operation.Binding<S3Request> {
  @Override
  public Call bind(String name, S3Request request) {
    Bucket bucket = lookup.require(request);
    ObjectAttributes attributes = RequestAttributes.parse(request);
    UploadChecksum checksum = UploadChecksum.parse(request);
    return Call.needing(
        name,
        new S3Access(bucket, request).toWrite(attributes.tags()),
        caller -> {
          UnsupportedHeaders.requireBuilt(request);
          return create(request, bucket, attributes, checksum, caller);
        });
  }

  private Response create(
      S3Request request,
      Bucket bucket,
      ObjectAttributes attributes,
      UploadChecksum checksum,
      Caller caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Upload upload =
        new Upload(
            UploadIds.next(now),
            bucket.id(),
            request.key(),
            now,
            caller.principal().arn(),
            attributes,
            checksum.chosen() ? Optional.of(checksum.algorithm().name()) : Optional.empty(),
            checksum.fullObject(),
            Optional.empty());
    uploads.create(upload);
    Headers.Builder headers = Headers.builder();
    if (checksum.chosen()) {
      headers
          .add("x-amz-checksum-algorithm", checksum.algorithm().name())
          .add(UploadChecksum.TYPE_HEADER, Checksums.type(checksum.fullObject()));
    }
    headers.addAll(Encryption.shown(attributes));
    XmlWriter xml =
        XmlWriter.document("InitiateMultipartUploadResult")
            .element("Bucket", bucket.name())
            .element("Key", request.key())
            .element("UploadId", upload.id());
    return XmlWriter.answer(xml, headers.build());
  }
}
