package dev.lakebed.s3.rest;

import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.Optional;

/**
 * Preconditions on writes and deletes (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">AWS,
 * Conditional requests</a>).
 */
public final class WriteConditions {
  private static final String IF_MATCH = "if-match";
  private static final String IF_NONE_MATCH = "if-none-match";

  private WriteConditions() {}

  /** The condition of PutObject, CompleteMultipartUpload and CopyObject. */
  public static WriteCondition ofWrite(S3Request request) {
    return request.header(IF_NONE_MATCH).isPresent()
        ? WriteConditions::requireAbsent
        : ofDelete(request);
  }

  /**
   * Refuses {@code If-None-Match} with a tag and both headers at once, as AWS does. Fails with
   * NotImplemented.
   */
  public static void requireBuilt(S3Request request) {
    Optional<String> ifNoneMatch = request.header(IF_NONE_MATCH);
    boolean both = ifNoneMatch.isPresent() && request.header(IF_MATCH).isPresent();
    if (both || ifNoneMatch.filter(tag -> !tag.strip().equals("*")).isPresent()) {
      throw S3Error.NOT_IMPLEMENTED.exception().with("Header", "If-None-Match");
    }
  }

  /** Whether the write asks about the current object, which takes the right to read it. */
  public static boolean readsCurrent(S3Request request) {
    return request.header(IF_MATCH).isPresent();
  }

  public static WriteCondition ofDelete(S3Request request) {
    return request.header(IF_MATCH).map(WriteConditions::presentWith).orElse(WriteCondition.NONE);
  }

  /**
   * Holds when there is an object with that tag. Of several clients that delete the same one, only
   * one succeeds.
   */
  public static WriteCondition presentWith(String etag) {
    return current -> {
      StoredObject object =
          current.orElseThrow(() -> S3Error.NO_SUCH_KEY.exception().with("Condition", "If-Match"));
      if (!EntityTags.match(etag, object.etag())) {
        throw S3Error.PRECONDITION_FAILED.exception().with("Condition", "If-Match");
      }
    };
  }

  private static void requireAbsent(Optional<StoredObject> current) {
    if (current.isPresent()) {
      throw S3Error.PRECONDITION_FAILED.exception().with("Condition", "If-None-Match");
    }
  }
}
