package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import java.util.Set;

/**
 * Refuses request headers that would change what a write means and that this server does not build.
 * Headers without such meaning ({@code x-amz-te}, {@code amz-sdk-*}, …) are ignored.
 */
public final class UnsupportedHeaders {
  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl">AWS,
   *     Canned ACL</a>
   */
  private static final Set<String> CANNED_ACLS =
      HeaderText.names(
          """
          private public-read public-read-write aws-exec-read authenticated-read
          bucket-owner-read bucket-owner-full-control log-delivery-write
          """);

  private UnsupportedHeaders() {}

  /**
   * Looks at every header of a write, or fails with AccessControlListNotSupported, InvalidArgument,
   * InvalidRequest.
   */
  public static void refuse(S3Request request) {
    for (Headers.Header field : request.wire().headers().all()) {
      String name = field.name();
      if (!name.startsWith("x-amz-")) {
        continue;
      }
      if (name.startsWith("x-amz-grant-")) {
        throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
      }
      if (name.startsWith("x-amz-object-lock-")) {
        throw S3Error.INVALID_REQUEST.exception("Bucket is missing Object Lock Configuration");
      }
      if (name.equals("x-amz-acl")) {
        requireHarmless(field.value());
      }
    }
  }

  /**
   * Refuses what a write may ask for on AWS and not here with NotImplemented,
   * KMS.NotFoundException.
   */
  public static void requireBuilt(S3Request request) {
    refuse(request, "x-amz-write-offset-bytes", "x-amz-rename-source");
    Encryption.requireBuilt(request);
  }

  /** Refuses a request that has one of the headers with NotImplemented. */
  public static void refuse(S3Request request, String... headers) {
    for (String header : headers) {
      if (request.header(header).isPresent()) {
        throw S3Error.NOT_IMPLEMENTED.exception().with("Header", header);
      }
    }
  }

  /** The two canned ACLs that say what holds anyway: the bucket owner owns everything. */
  private static void requireHarmless(String acl) {
    requireCannedAcl(acl);
    if (!acl.equals("private") && !acl.equals("bucket-owner-full-control")) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
    }
  }

  /** Refuses what is no canned access control list with InvalidArgument. */
  public static void requireCannedAcl(String name) {
    if (!CANNED_ACLS.contains(name)) {
      throw S3Error.invalidArgument(S3Error.INVALID_ARGUMENT.message(), "x-amz-acl", name);
    }
  }
}
