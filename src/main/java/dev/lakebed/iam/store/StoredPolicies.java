package dev.lakebed.iam.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.Role.InlinePolicyName;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.PolicyVersions;
import dev.lakebed.storage.metadata.iam.PolicyVersions.InForce;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Compiles stored documents. What cannot be read denies everything: it may have held a Deny. */
public final class StoredPolicies {
  private static final System.Logger LOG = System.getLogger(StoredPolicies.class.getName());
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

  private StoredPolicies() {}

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

  public static Policy inline(Entity holder, String name, String document) {
    String shown = InlinePolicyName.of(holder.kind().resource(), holder.name(), name);
    return compile(shown, document, Policy.Kind.IDENTITY);
  }

  /** Stands for a policy that is attached and gone. */
  public static Policy missing(String arn) {
    return deny(arn + ", which does not exist,", Policy.Kind.IDENTITY);
  }

  private static Policy deny(String name, Policy.Kind kind) {
    return Policy.parse(name, kind == Policy.Kind.TRUST ? TRUST : IDENTITY, kind);
  }

  /**
   * Managed policies by ARN, compiled for users and roles: one read for all of an account. One that
   * is missing denies everything.
   */
  static Map<String, Policy> managed(
      Set<String> arns, IamSnapshot configured, PolicyVersions stored) {
    Map<String, Policy> compiled = new HashMap<>();
    for (String arn : arns) {
      AwsPolicies.fixed(configured, arn).ifPresent(found -> compiled.put(arn, found.identity()));
    }
    Map<String, Set<String>> names =
        arns.stream()
            .filter(arn -> !compiled.containsKey(arn))
            .flatMap(arn -> EntityArn.parse(arn).stream())
            .filter(arn -> arn.kind() == Kind.POLICY)
            .collect(groupingBy(EntityArn::account, mapping(EntityArn::name, toSet())));
    names.forEach(
        (account, wanted) -> {
          for (InForce policy : stored.inForce(account, wanted)) {
            compiled.putIfAbsent(
                policy.arn(), compile(policy.name(), policy.document(), Policy.Kind.IDENTITY));
          }
        });
    arns.forEach(arn -> compiled.computeIfAbsent(arn, StoredPolicies::missing));
    return compiled;
  }
}
