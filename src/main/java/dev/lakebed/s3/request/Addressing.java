package dev.lakebed.s3.request;

import dev.lakebed.s3.error.S3Error;
import dev.lakebed.wire.PercentEncoding;
import dev.lakebed.wire.Request;
import java.util.List;
import java.util.Locale;

/**
 * Finds bucket and key in a raw request, in path style or virtual-host style (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">AWS, Virtual
 * hosting of buckets</a>). The key is decoded once and never normalised.
 */
public final class Addressing {
  private final List<String> suffixes;

  /**
   * Knows the names the server is reached by.
   *
   * @param domains host names without port; a host {@code bucket.domain} is virtual-host style, any
   *     other host is path style
   */
  public Addressing(List<String> domains) {
    this.suffixes = domains.stream().map(domain -> "." + domain.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * What the request addresses.
   *
   * @throws dev.lakebed.wire.MalformedTargetException when the key is not UTF-8
   * @throws dev.lakebed.s3.error.S3Exception KeyTooLongError, InvalidBucketName
   */
  public S3Request parse(Request request) {
    String path = request.target().path();
    String hosted = hostedBucket(request.host());
    if (!hosted.isEmpty()) {
      return address(request, hosted, path.substring(1));
    }
    int slash = path.indexOf('/', 1);
    if (slash < 0) {
      return address(request, PercentEncoding.decode(path.substring(1)), "");
    }
    return address(
        request, PercentEncoding.decode(path.substring(1, slash)), path.substring(slash + 1));
  }

  private static S3Request address(Request request, String bucket, String rawKey) {
    if (bucket.isEmpty() && !rawKey.isEmpty()) {
      throw S3Error.INVALID_BUCKET_NAME.exception();
    }
    String key = PercentEncoding.decode(rawKey);
    ObjectKeys.requireStorable(key);
    return new S3Request(request, bucket, key);
  }

  private String hostedBucket(String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    String best = "";
    for (String suffix : suffixes) {
      // The longest suffix wins, so that the shortest bucket name is taken.
      if (host.endsWith(suffix) && host.length() > suffix.length()) {
        String bucket = host.substring(0, host.length() - suffix.length());
        if (best.isEmpty() || bucket.length() < best.length()) {
          best = bucket;
        }
      }
    }
    return isDomain(host) ? "" : best;
  }

  private boolean isDomain(String host) {
    return suffixes.contains("." + host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
