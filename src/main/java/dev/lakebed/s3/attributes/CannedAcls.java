package dev.lakebed.s3.attributes;

import dev.lakebed.s3.error.S3Error;
import java.util.Set;

/**
 * The names of canned access control lists (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl">AWS,
 * Canned ACL</a>).
 */
public final class CannedAcls {
  private static final String HEADER = "x-amz-acl";
  private static final Set<String> NAMES =
      Set.of(
          "private",
          "public-read",
          "public-read-write",
          "aws-exec-read",
          "authenticated-read",
          "bucket-owner-read",
          "bucket-owner-full-control",
          "log-delivery-write");

  private CannedAcls() {}

  /**
   * Refuses what is the name of none.
   *
   * @throws dev.lakebed.s3.error.S3Exception InvalidArgument
   */
  public static void requireKnown(String name) {
    if (!NAMES.contains(name)) {
      throw S3Error.INVALID_ARGUMENT
          .exception()
          .with("ArgumentName", HEADER)
          .with("ArgumentValue", name);
    }
  }
}
