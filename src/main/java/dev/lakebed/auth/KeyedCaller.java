package dev.lakebed.auth;

import dev.lakebed.auth.ConditionKeys.PrincipalKeys;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Keys.AnswerCache;
import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.PolicyEngine;
import dev.lakebed.policy.Question;
import dev.lakebed.policy.Question.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A principal with the condition keys of its surroundings, whether there is a request or not. */
public final class KeyedCaller implements Caller {
  private final Principal principal;
  private final Subject subject;
  private final Keys keys;
  private final AnswerCache answers;
  private final Runnable rest;

  /** {@code surroundings} are keys of the request; those of the principal are added. */
  public KeyedCaller(Principal principal, Keys surroundings) {
    this(principal, surroundings, Effort.FREE, () -> {});
  }

  /** As another constructor says, in a request that may spend so much. */
  KeyedCaller(Principal principal, Keys surroundings, EvaluationTurns.Exertion exertion) {
    this(principal, surroundings, exertion, exertion::rest);
  }

  private KeyedCaller(Principal principal, Keys surroundings, Effort effort, Runnable rest) {
    this.answers = new AnswerCache(effort);
    this.rest = rest;
    this.principal = principal;
    this.subject = subject(principal);
    this.keys = new PrincipalKeys(principal).or(surroundings);
  }

  @Override
  public Principal principal() {
    return principal;
  }

  /**
   * {@inheritDoc}
   *
   * <p>When the resource is a role, guarded by its trust policy, the rules of trust policies apply.
   */
  @Override
  public Decision decide(Permission permission) {
    Resource resource = permission.resource();
    Optional<Decision.Prevented> closed = resource.refusal(principal);
    if (closed.isPresent()) {
      return closed.get();
    }
    Optional<Policy> trust =
        resource.policies().stream().filter(p -> p.kind() == Policy.Kind.TRUST).findFirst();
    Question question =
        new Question(
            permission.action(),
            resource.arn(),
            resource.account(),
            subject,
            principal.grants(),
            trust.isPresent() ? List.of() : resource.policies(),
            keysOf(permission));
    try {
      return trust
          .map(policy -> PolicyEngine.decideTrust(policy, question))
          .orElseGet(() -> PolicyEngine.decide(question));
    } finally {
      rest.run();
    }
  }

  @Override
  public <T> T evaluate(Keys given, Function<Keys, T> evaluation) {
    try {
      return evaluation.apply(answers.over(given));
    } finally {
      rest.run();
    }
  }

  /** Only of nobody can it be known from the policies at hand. */
  @Override
  public boolean couldBeAllowed(Permission permission) {
    Resource resource = permission.resource();
    return !(principal instanceof Principal.Anonymous)
        || (resource.refusal(principal).isEmpty()
            && Stream.concat(resource.policies().stream(), principal.grants().identity().stream())
                .anyMatch(policy -> policy.canAllow(permission.action(), subject)));
  }

  /** The keys of the principal come first, so that no permission can replace them. */
  Keys keysOf(Permission permission) {
    String account = permission.resource().account();
    Keys resource =
        key ->
            key.equals("aws:resourceaccount") || key.equals("s3:resourceaccount")
                ? List.of(account)
                : List.of();
    return answers.over(keys.or(resource).or(permission.keys()));
  }

  /** A user whose key is restricted counts as a session, so that the restriction always binds. */
  private static Subject subject(Principal principal) {
    return switch (principal) {
      case Principal.Anonymous nobody -> Subject.ANONYMOUS;
      case Principal.AccountRoot root -> of(Subject.Kind.ROOT, root);
      case Principal.User user when user.grants().session().isEmpty() ->
          of(Subject.Kind.USER, user);
      case Principal.User user -> of(Subject.Kind.USER_SESSION, user);
      case Principal.RoleSession session ->
          new Subject(
              Subject.Kind.ROLE_SESSION,
              session.account(),
              session.arn(),
              Optional.of(session.issuer()),
              session.userId());
      case Principal.RootSession session -> of(Subject.Kind.ROOT, session);
      case Principal.UserSession session -> of(Subject.Kind.USER_SESSION, session);
      case Principal.FederatedUser federated -> of(Subject.Kind.FEDERATED, federated);
    };
  }

  private static Subject of(Subject.Kind kind, Principal principal) {
    return new Subject(
        kind, principal.account(), principal.arn(), Optional.empty(), principal.userId());
  }
}
