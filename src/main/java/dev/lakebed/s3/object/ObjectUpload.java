package dev.lakebed.s3.object;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Access;
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
public interface ObjectUpload extends Operation.Binding<S3Request> {
  BucketLookup lookup();

  ObjectPublisher publisher();

  ContentWriter receive(S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm)
      throws IOException;

  Response answer(S3Request request, Bucket bucket, StoredObject stored);

  @Override
  default Call bind(String name, S3Request request) {
    Bucket bucket = lookup().require(request);
    ObjectAttributes attributes = RequestAttributes.parse(request);
    BodyChecksums announced = BodyChecksums.parse(request);
    List<Permission> permissions = new S3Access(bucket, request).toWrite(attributes.tags());
    return Call.needing(
        name,
        permissions,
        caller -> {
          UnsupportedHeaders.requireBuilt(request);
          WriteConditions.requireBuilt(request);
          Runnable stillAllowed = () -> permissions.forEach(caller::require);
          return put(request, bucket, attributes, announced, stillAllowed);
        });
  }

  private Response put(
      S3Request request,
      Bucket bucket,
      ObjectAttributes attributes,
      BodyChecksums announced,
      Runnable stillAllowed)
      throws IOException {
    WriteCondition condition = WriteConditions.ofWrite(request);
    publisher().requirePossible(bucket, request.key(), condition);
    ChecksumAlgorithm algorithm = announced.algorithm().orElse(Checksums.DEFAULT);
    try (ContentWriter content = receive(request, announced, algorithm)) {
      if (bucket.kind() == Bucket.Kind.TABLE) {
        // While the body came, a table with rights of its own may have been made around the key.
        stillAllowed.run();
      }
      StoredObject stored =
          publisher().publish(bucket, request.key(), attributes, content, algorithm, condition);
      return answer(request, bucket, stored);
    }
  }

  record PutObject(BucketLookup lookup, ObjectPublisher publisher) implements ObjectUpload {
    @Override
    public ContentWriter receive(
        S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm)
        throws IOException {
      return publisher.contents().receive(request, announced, algorithm);
    }

    @Override
    public Response answer(S3Request request, Bucket bucket, StoredObject stored) {
      Headers.Builder headers = Headers.builder().add("etag", EntityTags.quoted(stored.etag()));
      stored.checksum().ifPresent(checksum -> Checksums.addTo(headers, checksum));
      headers.addAll(Encryption.shown(stored.attributes()));
      return new Response(200, headers.build(), ResponseBody.NONE);
    }
  }
}
