package dev.lakebed.policy;

/**
 * A value of an Action or NotAction element that matches no action that is known. It is legal and
 * matches no request.
 *
 * @param policy name of the policy
 * @param statement Sid, or {@code #index} counted from 0
 * @param action as written
 */
public record UnknownAction(String policy, String statement, String action) {
  @Override
  public String toString() {
    return "policy %s, statement %s: there is no action %s".formatted(policy, statement, action);
  }
}
