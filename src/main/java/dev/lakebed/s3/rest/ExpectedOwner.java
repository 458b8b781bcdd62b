package dev.lakebed.s3.rest;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Caller.ForwardingCaller;
import dev.lakebed.auth.Permission;
import dev.lakebed.operation.Call;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.util.Optional;

/**
 * A call on a bucket that is not the one of the account that the client expects (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html">AWS,
 * Verifying bucket ownership</a>). It is refused, but only to callers who have the right that it
 * takes: whoever lacks it gets the answer that he gets without the header, and learns nothing about
 * the owner.
 */
public final class ExpectedOwner {
  private static final String HEADER = "x-amz-expected-bucket-owner";
  private static final String SOURCE_HEADER = "x-amz-source-expected-bucket-owner";

  private ExpectedOwner() {}

  /** The call, guarded when the request names another account than the bucket's owner. */
  public static Call guard(Call call, S3Request request, BucketLookup buckets) {
    Optional<String> expected = request.header(HEADER);
    boolean other =
        expected.isPresent()
            && buckets.find(request.bucket()).stream()
                .anyMatch(bucket -> !bucket.owner().equals(expected.get()));
    if (!other) {
      return call;
    }
    return call.authorization() == Call.Authorization.DECLARED
        ? call.with(
            caller -> {
              throw mismatch();
            })
        : call.withCallers(Refusing::new);
  }

  /**
   * Demands of a caller who may read the source that its bucket is the expected account's. Fails
   * with AccessDenied.
   */
  static void requireOfSource(S3Request request, Bucket source) {
    Optional<String> expected = request.header(SOURCE_HEADER);
    if (expected.isPresent() && !expected.get().equals(source.owner())) {
      throw mismatch();
    }
  }

  private static S3Exception mismatch() {
    return S3Error.ACCESS_DENIED.exception("The bucket does not belong to the expected account.");
  }

  /** A caller whose every right is worth nothing here. */
  private record Refusing(Caller caller) implements ForwardingCaller {
    @Override
    public void require(Permission permission) {
      caller.require(permission);
      throw mismatch();
    }
  }
}
