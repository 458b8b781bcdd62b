package dev.lakebed.policy;

import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.PolicyScan.LayerScan;
import dev.lakebed.policy.PrincipalSet.Reach;
import dev.lakebed.policy.Question.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers whether a request is allowed. Pure: no state, no input or output, safe for any number of
 * threads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">AWS</a>
 */
public final class PolicyEngine {
  /** What the account can always do, so that no bucket policy locks its owner out. */
  private static final Set<String> LOCK_OUT_ESCAPE =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  private PolicyEngine() {}

  /**
   * Evaluates identity, boundary, session and resource policies.
   *
   * <p>A Deny anywhere decides. In the account of the resource the caller's own policies or the
   * resource policy suffice; a resource policy that names the user or session, or everyone, stands
   * on its own, one that names the role is still limited by boundary and session policy, one that
   * names the account leaves it to the caller's policies. From another account both sides must
   * allow.
   */
  public static Decision decide(Question question) {
    return decide(
        question,
        new PolicyScan(question),
        LayerScan.of(Layer.RESOURCE, question, question.resourcePolicies()));
  }

  static Decision decide(Question question, PolicyScan caller, LayerScan resource) {
    Optional<Decision> denied = caller.denied();
    if (denied.isPresent()) {
      return denied.get();
    }
    if (resource.denied().isPresent() && !escapesLockOut(caller, question)) {
      return resource.denied().get();
    }
    Decision own = caller.outcome();
    return isForeign(question)
        ? bothSides(own, resource)
        : eitherSide(own, caller, resource, question);
  }

  /**
   * Evaluates the trust policy of the role that {@code question.resource()} names.
   *
   * <p>In the role's account a trust policy that names the caller or everyone suffices, one that
   * names the account needs the caller's own policies too, as does a caller of another account. A
   * Deny in the caller's policies decides. A session with session policies can only assume a role
   * that these allow, whomever the trust policy names: otherwise a narrowed session could shed its
   * limits by assuming the role again. Nobody can assume a role anonymously. {@code
   * question.resourcePolicies()} is not looked at.
   */
  public static Decision decideTrust(Policy trust, Question question) {
    PolicyScan caller = new PolicyScan(question);
    LayerScan trusted = LayerScan.of(Layer.TRUST, question, List.of(trust));
    Optional<Decision> denied = caller.denied().or(trusted::denied);
    if (denied.isPresent()) {
      return denied.get();
    }
    if (question.subject().kind() == Subject.Kind.ANONYMOUS) {
      return new Decision.ImplicitDeny(Layer.TRUST, question.action(), Optional.empty());
    }
    Decision own = caller.outcome();
    if (isForeign(question) || trusted.reach() == Reach.ACCOUNT) {
      return bothSides(own, trusted);
    }
    if (!trusted.allows()) {
      return trusted.outcome();
    }
    return caller.sessionLimit().orElseGet(() -> limited(caller, trusted, question));
  }

  /** The root user only; a session cut down by policies has no part in it. */
  private static boolean escapesLockOut(PolicyScan caller, Question question) {
    return caller.isRoot()
        && !caller.isNarrowed()
        && !isForeign(question)
        && LOCK_OUT_ESCAPE.contains(question.action());
  }

  /** Anonymous callers and services have no account, so nothing but the resource can be foreign. */
  static boolean isForeign(Question question) {
    Subject subject = question.subject();
    return switch (subject.kind()) {
      case ANONYMOUS, SERVICE -> false;
      case ROOT, USER, ROLE_SESSION, USER_SESSION, FEDERATED ->
          !subject.account().equals(question.resourceAccount());
    };
  }

  private static Decision bothSides(Decision own, LayerScan other) {
    return own.allowed() && !other.allows() ? other.outcome() : own;
  }

  private static Decision eitherSide(
      Decision own, PolicyScan caller, LayerScan resource, Question question) {
    if (own.allowed()) {
      return own;
    }
    return switch (resource.reach()) {
      case DIRECT, ISSUER -> limited(caller, resource, question);
      case ACCOUNT -> own;
      case NONE ->
          switch (question.subject().kind()) {
            case ANONYMOUS, SERVICE -> resource.outcome();
            case ROOT, USER, ROLE_SESSION, USER_SESSION, FEDERATED -> own;
          };
    };
  }

  /** A grant to the issuer of a session keeps the limits of the session. */
  private static Decision limited(PolicyScan caller, LayerScan grant, Question question) {
    if (grant.reach() == Reach.DIRECT) {
      return grant.outcome();
    }
    Optional<Decision> limit =
        question.subject().kind() == Subject.Kind.ROLE_SESSION
            ? caller.boundaryLimit().or(caller::sessionLimit)
            : caller.sessionLimit();
    return limit.orElseGet(grant::outcome);
  }
}
