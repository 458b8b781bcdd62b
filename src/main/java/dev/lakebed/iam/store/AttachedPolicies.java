package dev.lakebed.iam.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.EntityArn;
import dev.lakebed.storage.metadata.iam.Kind;
import dev.lakebed.storage.metadata.iam.PolicyVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Managed policies by ARN, compiled for users and roles: one read for all of an account. */
final class AttachedPolicies {
  private final Map<String, Policy> compiled;

  private AttachedPolicies(Map<String, Policy> compiled) {
    this.compiled = compiled;
  }

  static AttachedPolicies load(Set<String> arns, FixedPolicies fixed, PolicyVersions stored) {
    Map<String, Policy> compiled = new HashMap<>();
    for (String arn : arns) {
      fixed.find(arn).map(ManagedPolicy::identity).ifPresent(policy -> compiled.put(arn, policy));
    }
    Map<String, Set<String>> names =
        arns.stream()
            .filter(arn -> !compiled.containsKey(arn))
            .map(EntityArn::parse)
            .flatMap(Optional::stream)
            .filter(arn -> arn.kind() == Kind.POLICY)
            .collect(groupingBy(EntityArn::account, mapping(EntityArn::name, toSet())));
    names.forEach(
        (account, wanted) ->
            stored
                .inForce(account, wanted)
                .forEach(
                    policy ->
                        compiled.putIfAbsent(
                            policy.arn(),
                            Unusable.compile(
                                policy.name(), policy.document(), Policy.Kind.IDENTITY))));
    return new AttachedPolicies(compiled);
  }

  /** The policy; one that denies everything when there is none of that ARN. */
  Policy get(String arn) {
    return Optional.ofNullable(compiled.get(arn)).orElseGet(() -> Unusable.missing(arn));
  }
}
