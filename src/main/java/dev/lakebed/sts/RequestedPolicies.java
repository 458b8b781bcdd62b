package dev.lakebed.sts;

import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Session policies of a request. */
record RequestedPolicies(Optional<String> inline, List<String> arns) {
  /**
   * AWS documents 2,048 characters for inline and managed session policies together; its service
   * model has no limit of its own any more.
   */
  private static final int MAX_CHARACTERS = 2048;

  private static final int MAX_ARNS = 10;

  static RequestedPolicies read(QueryRequest request) {
    Optional<String> inline = StsParameter.POLICY.find(request);
    List<String> arns =
        request.structures("PolicyArns", Set.of("arn")).stream()
            .map(RequestedPolicies::arn)
            .map(StsParameter.POLICY_ARN::parse)
            .toList();
    if (arns.size() > MAX_ARNS) {
      throw Parameter.violated(
          "policyArns", "Member must have length less than or equal to " + MAX_ARNS);
    }
    int characters =
        inline.map(String::length).orElse(0) + arns.stream().mapToInt(String::length).sum();
    if (characters > MAX_CHARACTERS) {
      throw QueryError.PACKED_POLICY_TOO_LARGE.because(
          "Session policies have %d characters; at most %d are allowed"
              .formatted(characters, MAX_CHARACTERS));
    }
    inline.ifPresent(RequestedPolicies::requireGrammar);
    return new RequestedPolicies(inline, arns);
  }

  private static String arn(Map<String, String> member) {
    return member.getOrDefault("arn", "");
  }

  private static void requireGrammar(String document) {
    try {
      Policy.parse("session policy", document, Policy.Kind.SESSION);
    } catch (MalformedPolicyException malformed) {
      throw QueryError.MALFORMED_POLICY_DOCUMENT.because("Policy: " + malformed.getMessage());
    }
  }

  /**
   * Refuses ARNs of policies that do not exist: a session must not silently get less. Those of
   * another account are as good as none: what a session may do would tell what they say.
   */
  void requireKnown(IdentityView snapshot, String account) {
    for (String arn : arns) {
      if (snapshot.policy(arn).filter(policy -> policy.serves(account)).isEmpty()) {
        throw QueryError.MALFORMED_POLICY_DOCUMENT.because("PolicyArns: there is no policy " + arn);
      }
    }
  }

  /** Empty when there are none: the session is not narrowed. */
  Optional<SessionPolicies> narrowing() {
    return Optional.of(all()).filter(policies -> inline.isPresent() || !arns.isEmpty());
  }

  SessionPolicies all() {
    return new SessionPolicies(inline.map(List::of).orElseGet(List::of), arns);
  }
}
