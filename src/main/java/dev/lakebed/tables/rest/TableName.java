package dev.lakebed.tables.rest;

import java.util.regex.Pattern;

/**
 * Name of a table (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html">AWS,
 * naming rules</a>).
 *
 * @param value 1 to 255 lower-case letters, digits and underscores, a letter or digit at the start
 */
public record TableName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_]{0,254}");

  /** Checks the name. */
  public TableName {
    check("table", value);
  }

  /** The rule that namespaces and tables share. */
  static void check(String what, String value) {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "The "
              + what
              + " name is not valid: 1 to 255 lower-case letters, digits and underscores that begin"
              + " with a letter or digit; hyphens and periods are not allowed");
    }
  }
}
