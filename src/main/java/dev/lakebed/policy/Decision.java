package dev.lakebed.policy;

/** The answer of the policy engine and its reason. */
public interface Decision {
  /** Whether the action is allowed. */
  boolean allowed();

  /** Why, in the words AWS uses, for example {@code because no session policy allows ...}. */
  String reason();
}
