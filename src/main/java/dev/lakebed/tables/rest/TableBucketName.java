package dev.lakebed.tables.rest;

import dev.lakebed.tables.rest.TableArn.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Name of a table bucket to create (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html">AWS,
 * Amazon S3 table bucket, table, and namespace naming rules</a>).
 *
 * @param value 3 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends,
 *     without the prefixes and suffixes that AWS reserves
 */
public record TableBucketName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-", "aws");
  private static final List<String> SUFFIXES =
      List.of("-s3alias", "--ol-s3", "--x-s3", "--table-s3");

  /** Checks the name. */
  public TableBucketName {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "The specified bucket name is not valid: 3 to 63 lower-case letters, digits and hyphens"
              + " that begin and end with a letter or digit");
    }
    if (PREFIXES.stream().anyMatch(value::startsWith)) {
      throw new InvalidValueException("A table bucket name must not start with any of " + PREFIXES);
    }
    if (SUFFIXES.stream().anyMatch(value::endsWith)) {
      throw new InvalidValueException("A table bucket name must not end with any of " + SUFFIXES);
    }
  }
}
