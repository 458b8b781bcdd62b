package dev.lakebed.s3.object;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Headers;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Reads the fields of a browser form as the headers of a PUT (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">AWS, POST
   * Object</a>).
   */
  public static final class FormFields {
    static final String STATUS = "success_action_status";
    static final String REDIRECT = "success_action_redirect";

    private static final String KEY = "key";
    private static final Set<String> HEADERS =
        HeaderText.names(
            """
            cache-control content-type content-disposition content-encoding content-language expires
            success_action_status success_action_redirect
            """);
    private static final Set<String> AUTHENTICATION =
        HeaderText.names(
            """
            x-amz-algorithm x-amz-credential x-amz-date x-amz-signature x-amz-security-token
            """);

    private FormFields() {}

    /**
     * The upload that the form asks for; the body of {@code request} is the file. Fails with
     * InvalidArgument without key, or when a field cannot be a header.
     */
    public static S3Request apply(S3Request request, PostForm form) {
      String key = form.field(KEY).orElse("");
      if (key.isEmpty()) {
        throw S3Error.invalidArgument(
            "Bucket POST must contain a field named 'key'. If it is specified, please check the"
                + " order of the fields.",
            KEY);
      }
      S3Request.requireStorableKey(key);
      Headers.Builder headers = Headers.builder().add("host", request.wire().host());
      for (Map.Entry<String, String> field : form.fields().entrySet()) {
        add(headers, field.getKey(), field.getValue());
      }
      return new S3Request(
          request.wire().withHeaders(headers.build()), request.bucket(), key, request.hosted());
    }

    private static void add(Headers.Builder headers, String name, String value) {
      switch (name) {
        case "acl" -> headers.add("x-amz-acl", HeaderText.ofQuery(name, value));
        case "tagging" -> headers.add("x-amz-tagging", Tags.header(value));
        case "redirect" -> headers.add(REDIRECT, HeaderText.ofQuery(name, value));
        default -> {
          boolean attribute = name.startsWith("x-amz-") && !AUTHENTICATION.contains(name);
          if (attribute || HEADERS.contains(name)) {
            headers.add(HeaderText.requireName(name), HeaderText.ofQuery(name, value));
          }
        }
      }
    }
  }
}
