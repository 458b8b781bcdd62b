package dev.lakebed.s3.rest;

import dev.lakebed.http.Decimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of general purpose buckets (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">AWS, Bucket
 * naming rules</a>).
 */
public final class BucketNames {
  /** What a name must be, for an operator. */
  public static final String RULE =
      "3 to 63 of a-z, 0-9, - and ., beginning and ending with a letter or digit, without .., no IP"
          + " address, and without the prefixes and suffixes that AWS reserves";

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> SUFFIXES =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  private BucketNames() {}

  public static boolean isPossible(String name) {
    return FORM.matcher(name).matches()
        && !name.contains("..")
        && !(Decimal.isDigits(name, 0, 1) && ADDRESS.matcher(name).matches());
  }

  /** Refuses what can be no bucket's name with InvalidBucketName. */
  public static void requirePossible(String name) {
    if (!isPossible(name)) {
      throw S3Error.INVALID_BUCKET_NAME.ofBucket(name);
    }
  }

  /** Refuses what must not become a general bucket's name with InvalidBucketName. */
  public static void requireCreatable(String name) {
    requirePossible(name);
    if (PREFIXES.stream().anyMatch(name::startsWith)
        || SUFFIXES.stream().anyMatch(name::endsWith)) {
      throw S3Error.INVALID_BUCKET_NAME.ofBucket(name);
    }
  }
}
