package dev.lakebed.iam.model;

/** How refusals and simulations name inline policies, which are no entities of their own. */
public final class InlinePolicyName {
  private InlinePolicyName() {}

  /**
   * As AWS's simulator does, for example {@code user_alice_read}.
   *
   * @param kind {@code user}, {@code group} or {@code role}
   */
  public static String of(String kind, String holder, String policy) {
    return kind + "_" + holder + "_" + policy;
  }
}
