package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** PostObject: the upload of a browser form, whose fields {@link FormFields} made headers. */
public record PostObject(BucketLookup lookup, ObjectPublisher publisher) implements ObjectUpload {
  @Override
  public ContentWriter receive(
      S3Request request, BodyChecksums announced, ChecksumAlgorithm algorithm) throws IOException {
    return publisher.contents().receiveUnsized(request, announced, algorithm);
  }

  @Override
  public Response answer(S3Request request, Bucket bucket, StoredObject stored) {
    String etag = EntityTags.quoted(stored.etag());
    Headers.Builder headers = Headers.builder().add("etag", etag);
    headers.addAll(Encryption.shown(stored.attributes()));
    Optional<String> redirect = redirect(request, bucket, stored);
    if (redirect.isPresent()) {
      return new Response(303, headers.add("location", redirect.get()).build(), ResponseBody.NONE);
    }
    String location = request.location(bucket.name(), stored.key());
    headers.add("location", location);
    return switch (request.header(FormFields.STATUS).orElse("")) {
      case "200" -> new Response(200, headers.build(), ResponseBody.NONE);
      case "201" ->
          new Response(
              201,
              headers.add("content-type", "application/xml").build(),
              XmlWriter.plain("PostResponse")
                  .element("Location", location)
                  .element("Bucket", bucket.name())
                  .element("Key", stored.key())
                  .element("ETag", etag)
                  .end());
      default -> new Response(204, headers.build(), ResponseBody.NONE);
    };
  }

  /** Where the browser goes next; a text that is no web address counts as absent, as on AWS. */
  private static Optional<String> redirect(S3Request request, Bucket bucket, StoredObject stored) {
    return request
        .header(FormFields.REDIRECT)
        .filter(PostObject::isWebAddress)
        .map(
            url ->
                "%s%sbucket=%s&key=%s&etag=%s"
                    .formatted(
                        url,
                        url.contains("?") ? "&" : "?",
                        bucket.name(),
                        PercentEncoding.encode(stored.key()),
                        PercentEncoding.encode(EntityTags.quoted(stored.etag()))));
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && uri.getFragment() == null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException notAnAddress) {
      return false;
    }
  }
}
