package dev.lakebed.s3.multipart;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.s3.content.Checksums;
import dev.lakebed.s3.content.Encryption;
import dev.lakebed.s3.content.RequestAttributes;
import dev.lakebed.s3.content.UnsupportedHeaders;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
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
import java.util.List;
import java.util.Optional;

public record CreateMultipartUpload(BucketLookup lookup, Uploads uploads, InstantSource clock)
    implements S3Operation<CreateMultipartUpload.Parameters> {
  public record Parameters(Bucket bucket, ObjectAttributes attributes, UploadChecksum checksum) {}

  @Override
  public Parameters parse(S3Request request) {
    return new Parameters(
        lookup.require(request), RequestAttributes.parse(request), UploadChecksum.parse(request));
  }

  @Override
  public List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return new S3Access(parameters.bucket(), request).toWrite(parameters.attributes().tags());
  }

  @Override
  public void requireBuilt(S3Request request) {
    UnsupportedHeaders.requireBuilt(request);
  }

  @Override
  public Response execute(S3Request request, Parameters parameters, Caller caller) {
    UploadChecksum checksum = parameters.checksum();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Upload upload =
        new Upload(
            UploadIds.next(now),
            parameters.bucket().id(),
            request.key(),
            now,
            caller.principal().arn(),
            parameters.attributes(),
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
    Encryption.echo(parameters.attributes(), headers);
    XmlWriter xml =
        XmlWriter.document("InitiateMultipartUploadResult")
            .element("Bucket", parameters.bucket().name())
            .element("Key", request.key())
            .element("UploadId", upload.id());
    return XmlWriter.answer(xml, headers.build());
  }
}
