package dev.lakebed.policy;

/** The kind of policy that a decision rests on, in the order in which AWS names them. */
public enum Layer {
  /** Policies of the user or role: inline, managed, of its groups. */
  IDENTITY("identity-based policy", "an identity-based policy"),
  /** The permissions boundary of the user or role. */
  BOUNDARY("permissions boundary", "a permissions boundary"),
  /** Policies passed when the session began. */
  SESSION("session policy", "a session policy"),
  /** The policy of the bucket or table. */
  RESOURCE("resource-based policy", "a resource-based policy"),
  /** The policy of a role that says who may assume it. */
  TRUST("role trust policy", "the role trust policy");

  private final String noun;
  private final String withArticle;

  Layer(String noun, String withArticle) {
    this.noun = noun;
    this.withArticle = withArticle;
  }

  String noun() {
    return noun;
  }

  String withArticle() {
    return withArticle;
  }
}
