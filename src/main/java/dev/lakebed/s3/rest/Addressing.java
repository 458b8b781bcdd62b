package dev.lakebed.s3.rest;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import java.util.List;

/**
 * Finds bucket and key in a raw request, in path style or virtual-host style (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">AWS, Virtual
 * hosting of buckets</a>). The key is decoded once and never normalised.
 */
public final class Addressing {
  private final VirtualHosts virtualHosts;

  /**
   * Knows the names the server is reached by. {@code domains} are host names without port; a host
   * {@code bucket.domain} is virtual-host style, any other host is path style.
   */
  public Addressing(List<String> domains) {
    this.virtualHosts = new VirtualHosts(domains);
  }

  /**
   * What the request addresses. Fails with MalformedTargetException when the key is not UTF-8, or
   * KeyTooLongError, InvalidBucketName.
   */
  public S3Request parse(Request request) {
    String path = request.target().path();
    String hosted = virtualHosts.bucket(request.host());
    if (!hosted.isEmpty()) {
      return address(request, hosted, path.substring(1), true);
    }
    int slash = path.indexOf('/', 1);
    if (slash < 0) {
      return address(request, PercentEncoding.decode(path.substring(1)), "", false);
    }
    return address(
        request,
        PercentEncoding.decode(path.substring(1, slash)),
        path.substring(slash + 1),
        false);
  }

  private static S3Request address(Request request, String bucket, String rawKey, boolean hosted) {
    if (bucket.isEmpty() && !rawKey.isEmpty()) {
      throw S3Error.INVALID_BUCKET_NAME.exception();
    }
    String key = PercentEncoding.decode(rawKey);
    S3Request.requireStorableKey(key);
    return new S3Request(request, bucket, key, hosted);
  }
}
