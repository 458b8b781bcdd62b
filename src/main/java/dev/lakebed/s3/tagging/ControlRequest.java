package dev.lakebed.s3.tagging;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Request;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests of the S3 Control API (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html">AWS, S3
 * Control</a>). They share signature and port with S3; path and account header together are sent by
 * no S3 client.
 */
public final class ControlRequest {
  /** Header with the account that the request is about. */
  static final String ACCOUNT = "x-amz-account-id";

  private static final String VERSION = "/v20180820/";
  private static final String TAGS = VERSION + "tags/";
  private static final Pattern BUCKET = Pattern.compile("arn:aws[-a-z0-9]*:s3:::([^/:*?]+)");

  private ControlRequest() {}

  /** Whether it is one. */
  public static boolean is(Request request) {
    return request.target().path().startsWith(VERSION) && request.headers().has(ACCOUNT);
  }

  /**
   * The request as one about the bucket whose ARN is in the path.
   *
   * @throws dev.lakebed.s3.rest.S3Exception NotImplemented for other parts of the API
   * @throws dev.lakebed.http.MalformedTargetException when the path is not UTF-8
   */
  static S3Request bucket(Request request) {
    String path = request.target().path();
    if (!path.startsWith(TAGS)) {
      throw S3Error.NOT_IMPLEMENTED.exception(
          "Of the S3 Control API this server implements the tags of buckets only.");
    }
    Matcher arn = BUCKET.matcher(PercentEncoding.decode(path.substring(TAGS.length())));
    if (!arn.matches()) {
      throw S3Error.NOT_IMPLEMENTED.exception(
          "This server tags buckets only: the resource must be arn:aws:s3:::BUCKET.");
    }
    return new S3Request(request, arn.group(1), "");
  }
}
