package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.io.IOException;

public record PutObject(BucketLookup lookup, ObjectPublisher publisher) implements ObjectUpload {
  @Override
  public ContentWriter receive(
      S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm) throws IOException {
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
