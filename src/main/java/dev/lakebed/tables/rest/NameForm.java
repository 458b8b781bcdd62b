package dev.lakebed.tables.rest;

import java.util.regex.Pattern;

/** The rule that namespaces and tables share. */
final class NameForm {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_]{0,254}");

  private NameForm() {}

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
