package dev.lakebed.policy;

/**
 * A place in a policy document, both counted from 1.
 *
 * @param column in UTF-16 units
 */
public record Position(int line, int column) {
  MalformedPolicyException error(String reason) {
    return new MalformedPolicyException(reason, line, column);
  }
}
