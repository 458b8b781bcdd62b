package dev.lakebed.policy;

/**
 * A policy document was refused. The message names the place and the rule, and no value longer than
 * what the author wrote at that place.
 */
public final class MalformedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int line;
  private final int column;

  MalformedPolicyException(String reason, int line, int column) {
    super("%s (line %d, column %d)".formatted(reason, line, column));
    this.reason = reason;
    this.line = line;
    this.column = column;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }

  /** Line of the offending token, counted from 1. */
  public int line() {
    return line;
  }

  /** Column where the offending token begins, counted from 1 in UTF-16 units. */
  public int column() {
    return column;
  }
}
