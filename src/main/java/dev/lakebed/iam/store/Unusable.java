package dev.lakebed.iam.store;

import dev.lakebed.policy.MalformedPolicyException;
import dev.lakebed.policy.Policy;

/** Compiles stored documents. What cannot be read denies everything: it may have held a Deny. */
public final class Unusable {
  private static final System.Logger LOG = System.getLogger(Unusable.class.getName());
  private static final String IDENTITY =
      """
      {"Version":"2012-10-17","Statement":[
       {"Sid":"Unusable","Effect":"Deny","Action":"*","Resource":"*"}]}\
      """;
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[
       {"Sid":"Unusable","Effect":"Deny","Principal":"*","Action":"*"}]}\
      """;

  private Unusable() {}

  /** The policy, or one that denies everything when the document cannot be read. */
  public static Policy compile(String name, String document, Policy.Kind kind) {
    try {
      return Policy.parse(name, document, kind);
    } catch (MalformedPolicyException malformed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "stored policy {0} cannot be used and denies everything: {1}",
          name,
          malformed.getMessage());
      return deny(name, kind);
    }
  }

  /** Stands for a policy that is attached and gone. */
  public static Policy missing(String arn) {
    return deny(arn + ", which does not exist,", Policy.Kind.IDENTITY);
  }

  private static Policy deny(String name, Policy.Kind kind) {
    return Policy.parse(name, kind == Policy.Kind.TRUST ? TRUST : IDENTITY, kind);
  }
}
