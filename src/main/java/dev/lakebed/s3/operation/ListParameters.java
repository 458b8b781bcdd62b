package dev.lakebed.s3.operation;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.bucket.Bucket;

/**
 * What every listing takes.
 *
 * @param limit most entries, at most 1000
 * @param encode whether names are percent-encoded in the answer
 */
public record ListParameters(
    Bucket bucket, String prefix, String delimiter, int limit, boolean encode) {
  private static final int MAX_ENTRIES = 1000;

  /**
   * Reads them.
   *
   * @param limitName the query parameter with the page size
   * @throws dev.lakebed.s3.rest.S3Exception InvalidArgument
   */
  public static ListParameters parse(S3Request request, Bucket bucket, String limitName) {
    String encoding = request.text("encoding-type");
    if (!encoding.isEmpty() && !encoding.equals("url")) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Invalid Encoding Method specified in Request")
          .with("ArgumentName", "encoding-type")
          .with("ArgumentValue", encoding);
    }
    return new ListParameters(
        bucket,
        request.text("prefix"),
        request.text("delimiter"),
        request.count(limitName, MAX_ENTRIES),
        !encoding.isEmpty());
  }

  /** A name as the answer shows it. */
  public String shown(String name) {
    return encode ? PercentEncoding.encodePath(name) : name;
  }

  /**
   * The common prefix that an exclusive start lies in, of which the rest is then skipped; empty
   * when it lies in none. A listing that was cut behind a common prefix goes on behind all of it.
   */
  public String groupOf(String start) {
    if (delimiter.isEmpty() || !start.startsWith(prefix)) {
      return "";
    }
    int at = start.indexOf(delimiter, prefix.length());
    return at < 0 ? "" : start.substring(0, at + delimiter.length());
  }
}
