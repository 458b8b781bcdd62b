package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.object.Tags.TagDocument;
import dev.lakebed.s3.object.Tags.TagRules;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import java.io.IOException;
import java.util.Map;

/**
 * GetBucketTagging, PutBucketTagging, DeleteBucketTagging, and whether policies see the tags:
 * GetBucketAbac and PutBucketAbac (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html">AWS,
 * PutBucketAbac</a>).
 */
public record BucketTagging(AccessRules rules) {
  private static final String ENABLED = "Enabled";
  private static final String DISABLED = "Disabled";
  private static final int MAX_STATUS = 16 * 1024;

  /** The tags; a bucket without any has no tag set. */
  public Response get(S3Request request, Bucket bucket, Caller caller) {
    requireGeneral(bucket);
    if (bucket.tags().values().isEmpty()) {
      throw S3Error.NO_SUCH_TAG_SET.ofBucket(bucket.name());
    }
    return XmlWriter.answer(TagDocument.write(bucket.tags().values()));
  }

  /** Replaces all tags, unless policies see them. */
  public Response put(S3Request request, Bucket bucket, Caller caller) throws IOException {
    requireGeneral(bucket);
    Map<String, String> tags =
        TagRules.BUCKET.check(
            TagDocument.read(SmallBody.readProtected(request, TagDocument.MAX_BODY)));
    rules.changeTags(bucket, now -> requireUnseen(now).with(tags));
    return Response.of(204);
  }

  /** Takes all tags, unless policies see them. */
  public Response delete(S3Request request, Bucket bucket, Caller caller) {
    requireGeneral(bucket);
    rules.changeTags(bucket, now -> requireUnseen(now).with(Map.of()));
    return Response.of(204);
  }

  public Response getAbac(S3Request request, Bucket bucket, Caller caller) {
    return XmlWriter.answer(
        XmlWriter.document("AbacStatus")
            .element("Status", bucket.tags().abac() ? ENABLED : DISABLED));
  }

  public Response putAbac(S3Request request, Bucket bucket, Caller caller) throws IOException {
    requireGeneral(bucket);
    String status =
        XmlReader.read(SmallBody.read(request, MAX_STATUS), "AbacStatus")
            .only("Status")
            .requiredText("Status");
    boolean enabled =
        switch (status) {
          case ENABLED -> true;
          case DISABLED -> false;
          default -> throw S3Error.MALFORMED_XML.exception();
        };
    rules.changeTags(bucket, now -> now.with(enabled));
    return Response.of(200);
  }

  /**
   * Refuses a table bucket, whose tags decide about its tables and are those of S3 Tables. Fails
   * with InvalidBucketState.
   */
  static Bucket requireGeneral(Bucket bucket) {
    if (bucket.kind() == Bucket.Kind.TABLE) {
      throw S3Error.INVALID_BUCKET_STATE
          .exception("This is a table bucket. Its tags are managed by TagResource of S3 Tables.")
          .with("BucketName", bucket.name());
    }
    return bucket;
  }

  /** Refuses tags on which policies decide: {@code s3:PutBucketTagging} does not give those. */
  private static BucketTags requireUnseen(BucketTags tags) {
    if (tags.abac()) {
      throw S3Error.INVALID_REQUEST.exception(
          "ABAC is enabled for this bucket. Use TagResource and UntagResource to manage its tags.");
    }
    return tags;
  }
}
