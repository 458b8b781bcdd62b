package dev.lakebed.policy;

/** How a condition treats a key with several values. */
enum Quantifier {
  /** No prefix. */
  SINGLE(""),
  /** Every value of the request must pass; no value at all passes. */
  ALL("ForAllValues:"),
  /** One value of the request must pass. */
  ANY("ForAnyValue:");

  private final String prefix;

  Quantifier(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  static Quantifier of(String operator) {
    if (operator.startsWith(ALL.prefix)) {
      return ALL;
    }
    return operator.startsWith(ANY.prefix) ? ANY : SINGLE;
  }
}
