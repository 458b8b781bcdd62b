package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.content.BodyChecksums;
import dev.lakebed.s3.content.Checksums;
import dev.lakebed.s3.content.ContentWriter;
import dev.lakebed.s3.content.Encryption;
import dev.lakebed.s3.content.RequestAttributes;
import dev.lakebed.s3.content.UnsupportedHeaders;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.io.IOException;
import java.util.List;

public record PutObject(BucketLookup lookup, Objects objects, ObjectPublisher publisher)
    implements S3Operation<PutObject.Parameters> {
  public record Parameters(
      Bucket bucket,
      ObjectAttributes attributes,
      BodyChecksums checksums,
      WriteCondition condition) {}

  @Override
  public Parameters parse(S3Request request) {
    return new Parameters(
        lookup.require(request),
        RequestAttributes.parse(request),
        BodyChecksums.parse(request),
        WriteConditions.ofWrite(request));
  }

  @Override
  public List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return new S3Access(parameters.bucket(), request).toWrite(parameters.attributes().tags());
  }

  @Override
  public void requireBuilt(S3Request request) {
    UnsupportedHeaders.requireBuilt(request);
    WriteConditions.requireBuilt(request);
  }

  @Override
  public Response execute(S3Request request, Parameters parameters, Caller caller)
      throws IOException {
    if (parameters.condition() != WriteCondition.NONE) {
      // Refuses early what cannot succeed, before the body is read; the transaction asks again.
      parameters.condition().check(objects.find(parameters.bucket().id(), request.key()));
    }
    ChecksumAlgorithm algorithm = parameters.checksums().algorithm().orElse(Checksums.DEFAULT);
    try (ContentWriter content =
        publisher.contents().receive(request, parameters.checksums(), algorithm)) {
      StoredObject stored =
          publisher.publish(
              parameters.bucket(),
              request.key(),
              parameters.attributes(),
              content,
              algorithm,
              parameters.condition());
      return answer(stored);
    }
  }

  private static Response answer(StoredObject stored) {
    Headers.Builder headers = Headers.builder().add("etag", EntityTags.quoted(stored.etag()));
    stored.checksum().ifPresent(checksum -> Checksums.addTo(headers, checksum));
    Encryption.echo(stored.attributes(), headers);
    return new Response(200, headers.build(), ResponseBody.NONE);
  }
}
