package dev.lakebed.iam.session;

import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The session policies of a grant, compiled. */
final class SessionPolicies {
  /**
   * Stands in where a session is narrowed and no policy is left to say to what: an empty list would
   * mean not narrowed. Allows only what needs no permission anyway.
   */
  private static final Policy NOTHING =
      Policy.parse(
          "nothing",
          """
          {"Version":"2012-10-17","Statement":[
           {"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}\
          """,
          Policy.Kind.SESSION);

  private SessionPolicies() {}

  static List<Policy> of(SessionGrant grant, IdentityView snapshot) {
    List<Policy> policies = new ArrayList<>();
    for (String document : grant.policies()) {
      policies.add(Policy.parse("session policy", document, Policy.Kind.SESSION));
    }
    for (String arn : grant.policyArns()) {
      Optional<ManagedPolicy> managed = snapshot.policy(arn);
      managed.ifPresent(policy -> policies.add(policy.session()));
    }
    if (grant.narrowed() && policies.isEmpty()) {
      policies.add(NOTHING);
    }
    return policies;
  }
}
