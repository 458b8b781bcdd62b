package dev.lakebed.iam.model;

import dev.lakebed.policy.Policy;

/**
 * A policy with a name of its own, to be attached to users, groups, roles and sessions.
 *
 * @param account twelve digits, or {@code aws} for what AWS defines
 * @param identity compiled for users and roles
 * @param session compiled for sessions
 */
public record ManagedPolicy(
    String account, String path, String name, String document, Policy identity, Policy session) {
  private static final String AWS = "aws";

  /** Compiles a document; MalformedPolicyException when it is not AWS's grammar. */
  public static ManagedPolicy compile(String account, String name, String document) {
    return compile(account, "/", name, document);
  }

  public static ManagedPolicy compile(String account, String path, String name, String document) {
    return new ManagedPolicy(
        account,
        path,
        name,
        document,
        Policy.parse(name, document, Policy.Kind.IDENTITY),
        Policy.parse(name, document, Policy.Kind.SESSION));
  }

  /** Whether users, roles and sessions of that account may have it. */
  public boolean serves(String account) {
    return this.account.equals(account) || this.account.equals(AWS);
  }

  public String arn() {
    return "arn:aws:iam::" + account + ":policy" + path + name;
  }
}
