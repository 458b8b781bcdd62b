package dev.lakebed.tables.rest;

import dev.lakebed.tables.rest.TableArn.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Names of tables and namespaces: 1 to 255 lower-case letters, digits and underscores, a letter or
 * digit at the start (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html">AWS,
 * naming rules</a>).
 */
public final class TableName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_]{0,254}");

  private TableName() {}

  /**
   * The name of a table.
   *
   * @throws InvalidValueException when it breaks the rule
   */
  public static String check(String value) {
    return check("table", value);
  }

  /**
   * The name of a namespace, which has one level and must not start with {@code aws}.
   *
   * @throws InvalidValueException when it breaks the rule
   */
  public static String checkNamespace(String value) {
    check("namespace", value);
    if (value.startsWith("aws")) {
      throw new InvalidValueException("A namespace name must not start with aws");
    }
    return value;
  }

  private static String check(String what, String value) {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "The "
              + what
              + " name is not valid: 1 to 255 lower-case letters, digits and underscores that begin"
              + " with a letter or digit; hyphens and periods are not allowed");
    }
    return value;
  }
}
