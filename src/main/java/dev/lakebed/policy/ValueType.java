package dev.lakebed.policy;

import java.util.function.Predicate;

/** The types that values of condition keys can have. */
public enum ValueType {
  /** Any text. */
  STRING(text -> true),
  /** A decimal number. */
  NUMERIC(text -> Values.number(text).isPresent()),
  /** {@code true} or {@code false}. */
  BOOLEAN(text -> Values.bool(text).isPresent()),
  /** An IPv4 or IPv6 address. */
  IP(text -> AddressRange.address(text).isPresent()),
  /** Base64. */
  BINARY(text -> Values.binary(text).isPresent()),
  /** ISO 8601, or seconds since 1970. */
  DATE(text -> Values.date(text).isPresent());

  // Lambdas without state; the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<String> form;

  ValueType(Predicate<String> form) {
    this.form = form;
  }

  /** Whether conditions on keys of this type can read the text. */
  public boolean accepts(String text) {
    return form.test(text);
  }
}
