package dev.lakebed.s3.rest;

import dev.lakebed.http.Decimal;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request whose address is known.
 *
 * @param wire the request as received
 * @param bucket name of the bucket as sent; empty at the service level
 * @param key the key, decoded once; empty at the bucket level
 * @param hosted whether the host names the bucket, and not the path
 */
public record S3Request(Request wire, String bucket, String key, boolean hosted) {
  private static final int MAX_KEY_BYTES = 1024;

  public S3Request(Request wire, String bucket, String key) {
    this(wire, bucket, key, false);
  }

  public enum Level {
    SERVICE,
    BUCKET,
    OBJECT
  }

  public Level level() {
    if (bucket.isEmpty()) {
      return Level.SERVICE;
    }
    return key.isEmpty() ? Level.BUCKET : Level.OBJECT;
  }

  public Optional<String> header(String name) {
    return wire.headers().first(name);
  }

  public Optional<String> query(String name) {
    return wire.query().first(name);
  }

  /** The query parameter, where an empty value counts as absent. */
  public String text(String name) {
    return query(name).orElse("");
  }

  /**
   * The page size that the query parameter asks for; {@code limit} when it is absent, and at most.
   * Fails with InvalidArgument when it is not a whole number from 0.
   */
  public int count(String name, int limit) {
    String value = text(name);
    if (value.isEmpty()) {
      return limit;
    }
    int count =
        Decimal.parse(value, 0, Integer.MAX_VALUE)
            .orElseThrow(
                () ->
                    S3Error.invalidArgument(
                        "Provided " + name + " not an integer or within integer range",
                        name,
                        value));
    return Math.min(count, limit);
  }

  /** The part number asked for, or fails with InvalidArgument when it is not from 1 to 10000. */
  public Optional<Integer> partNumber() {
    return query("partNumber")
        .map(
            value ->
                Decimal.parse(value, 1, 10_000)
                    .orElseThrow(
                        () ->
                            S3Error.invalidArgument(
                                "Part number must be an integer between 1 and 10000, inclusive",
                                "partNumber",
                                value)));
  }

  /** Refuses a key over 1024 bytes of UTF-8 with KeyTooLongError. */
  public static void requireStorableKey(String key) {
    if (key.length() <= MAX_KEY_BYTES / 3) {
      return;
    }
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_KEY_BYTES) {
      throw S3Error.KEY_TOO_LONG
          .exception()
          .with("Size", Integer.toString(bytes))
          .with("MaxSizeAllowed", Integer.toString(MAX_KEY_BYTES));
    }
  }

  /** The address of an object, as answers to uploads give it. */
  public String location(String bucketName, String objectKey) {
    return "%s://%s/%s%s"
        .formatted(
            wire.connection().secure() ? "https" : "http",
            wire.host(),
            hosted ? "" : bucketName + "/",
            PercentEncoding.encodePath(objectKey));
  }
}
