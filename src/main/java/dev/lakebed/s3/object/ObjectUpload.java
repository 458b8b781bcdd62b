package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.s3.content.BodyChecksums;
import dev.lakebed.s3.content.Checksums;
import dev.lakebed.s3.content.ContentWriter;
import dev.lakebed.s3.content.RequestAttributes;
import dev.lakebed.s3.content.UnsupportedHeaders;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.io.IOException;
import java.util.List;

/** PutObject and PostObject: the body becomes the object that the headers describe. */
interface ObjectUpload extends S3Operation<ObjectUpload.Parameters> {
  record Parameters(
      Bucket bucket,
      ObjectAttributes attributes,
      BodyChecksums checksums,
      WriteCondition condition) {}

  BucketLookup lookup();

  ObjectPublisher publisher();

  ContentWriter receive(S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm)
      throws IOException;

  Response answer(S3Request request, Bucket bucket, StoredObject stored);

  @Override
  default Parameters parse(S3Request request) {
    return new Parameters(
        lookup().require(request),
        RequestAttributes.parse(request),
        BodyChecksums.parse(request),
        WriteConditions.ofWrite(request));
  }

  @Override
  default List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return new S3Access(parameters.bucket(), request).toWrite(parameters.attributes().tags());
  }

  @Override
  default void requireBuilt(S3Request request) {
    UnsupportedHeaders.requireBuilt(request);
    WriteConditions.requireBuilt(request);
  }

  @Override
  default Response execute(S3Request request, Parameters parameters, Caller caller)
      throws IOException {
    Bucket bucket = parameters.bucket();
    publisher().requirePossible(bucket, request.key(), parameters.condition());
    BodyChecksums announced = parameters.checksums();
    ChecksumAlgorithm algorithm = announced.algorithm().orElse(Checksums.DEFAULT);
    try (ContentWriter content = receive(request, announced, algorithm)) {
      if (bucket.kind() == Bucket.Kind.TABLE) {
        // While the body came, a table with rights of its own may have been made around the key.
        permissions(request, parameters, caller).forEach(caller::require);
      }
      StoredObject stored =
          publisher()
              .publish(
                  bucket,
                  request.key(),
                  parameters.attributes(),
                  content,
                  algorithm,
                  parameters.condition());
      return answer(request, bucket, stored);
    }
  }
}
