package dev.lakebed.policy;

/** A place in a policy document, counted from 1. */
record Position(int line, int column) {
  MalformedPolicyException error(String reason) {
    return new MalformedPolicyException(reason, line, column);
  }
}
