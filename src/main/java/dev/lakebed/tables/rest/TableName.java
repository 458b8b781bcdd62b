package dev.lakebed.tables.rest;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of table buckets, namespaces and tables (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html">AWS,
 * Amazon S3 table bucket, table, and namespace naming rules</a>).
 */
public final class TableName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_]{0,254}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /** What AWS reserves in names of table buckets. */
  private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-", "aws");

  private static final List<String> SUFFIXES =
      List.of("-s3alias", "--ol-s3", "--x-s3", "--table-s3");

  private TableName() {}

  /** The name of a table, or fails with BadRequestException when it breaks the rule. */
  public static String check(String value) {
    return check("table", value);
  }

  /**
   * The name of a namespace, which has one level and must not start with {@code aws}. Fails with
   * BadRequestException when it breaks the rule.
   */
  public static String checkNamespace(String value) {
    check("namespace", value);
    if (value.startsWith("aws")) {
      throw TablesError.BAD_REQUEST.because("A namespace name must not start with aws");
    }
    return value;
  }

  private static String check(String what, String value) {
    if (!FORM.matcher(value).matches()) {
      throw TablesError.BAD_REQUEST.because(
          ("The %s name is not valid: 1 to 255 lower-case letters, digits and underscores that"
                  + " begin with a letter or digit; hyphens and periods are not allowed")
              .formatted(what));
    }
    return value;
  }

  /**
   * The name of a table bucket to create, or fails with BadRequestException when it breaks the
   * rule.
   */
  public static String checkBucket(String value) {
    if (!BUCKET.matcher(value).matches()) {
      throw TablesError.BAD_REQUEST.because(
          "The specified bucket name is not valid: 3 to 63 lower-case letters, digits and hyphens"
              + " that begin and end with a letter or digit");
    }
    if (PREFIXES.stream().anyMatch(value::startsWith)) {
      throw TablesError.BAD_REQUEST.because(
          "A table bucket name must not start with any of " + PREFIXES);
    }
    if (SUFFIXES.stream().anyMatch(value::endsWith)) {
      throw TablesError.BAD_REQUEST.because(
          "A table bucket name must not end with any of " + SUFFIXES);
    }
    return value;
  }
}
