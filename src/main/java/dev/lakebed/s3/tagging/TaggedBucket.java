package dev.lakebed.s3.tagging;

import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.storage.metadata.BucketTags;

/** Rules that all operations on the tags of a bucket share. */
public final class TaggedBucket {
  private TaggedBucket() {}

  /**
   * Refuses a table bucket, whose tags decide about its tables and are those of S3 Tables.
   *
   * @throws dev.lakebed.s3.rest.S3Exception InvalidBucketState
   */
  public static Bucket requireGeneral(Bucket bucket) {
    if (bucket.kind() == Bucket.Kind.TABLE) {
      throw S3Error.INVALID_BUCKET_STATE
          .exception("This is a table bucket. Its tags are managed by TagResource of S3 Tables.")
          .with("BucketName", bucket.name());
    }
    return bucket;
  }

  /** Refuses tags on which policies decide: {@code s3:PutBucketTagging} does not give those. */
  static BucketTags requireUnseen(BucketTags tags) {
    if (tags.abac()) {
      throw S3Error.INVALID_REQUEST.exception(
          "ABAC is enabled for this bucket. Use TagResource and UntagResource to manage its tags.");
    }
    return tags;
  }
}
