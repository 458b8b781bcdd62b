package dev.lakebed.s3.bucket;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.object.Tags.TagDocument;
import dev.lakebed.s3.object.Tags.TagRules;
import dev.lakebed.s3.object.UnsupportedHeaders;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlElement;
import dev.lakebed.s3.rest.XmlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CreateBucket asks for, in its body and its headers. */
record BucketConfiguration(Optional<String> location, Map<String, String> tags) {
  private static final BucketConfiguration NONE =
      new BucketConfiguration(Optional.empty(), Map.of());

  /** Reads the body, which may be empty. Fails with MalformedXML, InvalidTag, NotImplemented. */
  static BucketConfiguration read(byte[] body) {
    if (body.length == 0) {
      return NONE;
    }
    XmlElement configuration =
        XmlReader.read(body, "CreateBucketConfiguration")
            .only("LocationConstraint", "Location", "Bucket", "Tags");
    for (String directory : List.of("Location", "Bucket")) {
      if (configuration.child(directory).isPresent()) {
        throw S3Error.NOT_IMPLEMENTED
            .exception(directory + " of CreateBucketConfiguration is not implemented")
            .with("Element", directory);
      }
    }
    return new BucketConfiguration(
        configuration.childText("LocationConstraint").filter(text -> !text.isEmpty()),
        TagRules.BUCKET.check(
            configuration.child("Tags").map(TagDocument::list).orElse(List.of())));
  }

  static void refuseHeaders(S3Request request) {
    for (Headers.Header field : request.wire().headers().all()) {
      String name = field.name();
      if (name.startsWith("x-amz-grant-")) {
        throw S3Error.INVALID_BUCKET_ACL.exception();
      }
      if (name.equals("x-amz-acl")) {
        UnsupportedHeaders.CannedAcls.requireKnown(field.value());
        if (!field.value().equals("private")) {
          throw S3Error.INVALID_BUCKET_ACL.exception();
        }
      }
    }
  }

  static void requireBuilt(S3Request request) {
    requireValue(request, "x-amz-object-ownership", "BucketOwnerEnforced");
    requireValue(request, "x-amz-bucket-object-lock-enabled", "false");
    requireValue(request, "x-amz-bucket-namespace", "global");
  }

  private static void requireValue(S3Request request, String header, String built) {
    if (request.header(header).filter(value -> !value.equalsIgnoreCase(built)).isPresent()) {
      throw S3Error.NOT_IMPLEMENTED.exception().with("Header", header);
    }
  }
}
