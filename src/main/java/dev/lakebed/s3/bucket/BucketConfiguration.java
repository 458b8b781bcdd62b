package dev.lakebed.s3.bucket;

import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.content.TagRules;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.XmlElement;
import dev.lakebed.s3.rest.XmlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the body of CreateBucket asks for.
 *
 * @param location the location constraint
 * @param tags tags of the new bucket
 */
record BucketConfiguration(Optional<String> location, Map<String, String> tags) {
  private static final BucketConfiguration NONE =
      new BucketConfiguration(Optional.empty(), Map.of());

  /**
   * Reads the body, which may be empty.
   *
   * @throws dev.lakebed.s3.rest.S3Exception MalformedXML, InvalidTag, NotImplemented
   */
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
}
