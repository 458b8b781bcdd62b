package dev.lakebed.tables.rest;

/**
 * Name of a table (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html">AWS,
 * naming rules</a>).
 *
 * @param value 1 to 255 lower-case letters, digits and underscores, a letter or digit at the start
 */
public record TableName(String value) {
  /** Checks the name. */
  public TableName {
    NameForm.check("table", value);
  }
}
