package dev.lakebed.iam.session;

import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.session.ChainLink.ProviderOrigin;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything a session token says. The rights themselves are not in it: they are looked up at each
 * use, so that a change of role or user reaches the sessions that are out.
 */
public sealed interface SessionGrant {
  String subjectArn();

  /** Unique id of that role or user: another one of the same name is not meant. */
  String subjectId();

  /** Times in whole seconds; tags as given to the session, inherited ones included. */
  SessionFacts facts();

  /** Empty when the session is not narrowed. */
  Optional<SessionPolicies> policies();

  /**
   * Root of the chain: a long-term access key, or what {@link ProviderOrigin} says; the session
   * dies with it.
   */
  default String baseKey() {
    return facts().chain().getFirst();
  }

  /** The sessions that this one was made with, oldest first; see {@link ChainLink}. */
  default List<String> links() {
    return facts().chain().subList(1, facts().chain().size());
  }

  record RoleGrant(
      String subjectArn, String subjectId, SessionFacts facts, Optional<SessionPolicies> policies)
      implements SessionGrant {}

  /** The user or root user itself: AssumeRole without role, or GetSessionToken. */
  record OwnerGrant(
      String subjectArn, String subjectId, SessionFacts facts, Optional<SessionPolicies> policies)
      implements SessionGrant {}

  /** GetFederationToken: the user's rights under another name; none without session policies. */
  record FederatedGrant(
      String subjectArn, String subjectId, SessionFacts facts, SessionPolicies narrowing)
      implements SessionGrant {
    @Override
    public Optional<SessionPolicies> policies() {
      return Optional.of(narrowing);
    }
  }

  /** What a session is narrowed to: JSON texts and ARNs of managed policies. */
  record SessionPolicies(List<String> documents, List<String> arns) {
    static final SessionPolicies NONE = new SessionPolicies(List.of(), List.of());

    /**
     * Stands in where no policy is left to say what a session is narrowed to: an empty list would
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

    public SessionPolicies {
      documents = List.copyOf(documents);
      arns = List.copyOf(arns);
    }

    List<Policy> compile(IdentityView snapshot) {
      List<Policy> policies = new ArrayList<>();
      for (String document : documents) {
        policies.add(Policy.parse("session policy", document, Policy.Kind.SESSION));
      }
      for (String arn : arns) {
        snapshot.policy(arn).ifPresent(managed -> policies.add(managed.session()));
      }
      return policies.isEmpty() ? List.of(NOTHING) : policies;
    }
  }
}
