package dev.lakebed.policy;

import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Policy.Span;
import dev.lakebed.policy.PolicyScan.LayerScan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A decision with everything that bears on it, for simulations. The decision is that of {@link
 * PolicyEngine#decide}; the rest is looked for behind it, which a request never pays for.
 */
public final class Evaluation {
  private final Question question;
  private final PolicyScan caller;
  private final LayerScan resource;
  private final Decision decision;

  private Evaluation(Question question) {
    this.question = question;
    this.caller = new PolicyScan(question);
    this.resource = LayerScan.of(Layer.RESOURCE, question, question.resourcePolicies());
    this.decision = PolicyEngine.decide(question, caller, resource);
  }

  public static Evaluation of(Question question) {
    return new Evaluation(question);
  }

  public Decision decision() {
    return decision;
  }

  /** What the identity policies say, without boundary and session. */
  public Decision identity() {
    return caller.identity();
  }

  public Optional<Decision> boundary() {
    return caller.boundary();
  }

  public Decision resource() {
    return resource.denied().orElseGet(resource::outcome);
  }

  /** Whether caller and resource belong to different accounts, so that both must allow. */
  public boolean crossesAccounts() {
    return PolicyEngine.isForeign(question);
  }

  /**
   * The statements that determine the result: every Deny that applies, or, when none does, every
   * Allow of the identity policies, if they count, and of the resource policies.
   */
  public List<Match> matches() {
    if (decision instanceof Decision.ExplicitDeny) {
      return Match.of(question, everything(), true).toList();
    }
    Stream<Match> granted = Match.of(question, question.resourcePolicies(), false);
    return caller.outcome().allowed()
        ? Stream.concat(Match.of(question, question.grants().identity(), false), granted).toList()
        : granted.toList();
  }

  /**
   * The keys that could change the result, in order without case. An explicit Deny stands whatever
   * else is given; what is allowed could still be denied. {@code given} tells of a key in lower
   * case whether the question has it.
   */
  public Set<String> openKeys(Predicate<String> given) {
    if (decision instanceof Decision.ExplicitDeny) {
      return Set.of();
    }
    String action = ActionSet.fold(question.action());
    return everything().stream()
        .flatMap(policy -> policy.about(action, question.keys().effort()).stream())
        .filter(statement -> statement.deny() || !decision.allowed())
        .filter(statement -> statement.canApply(question))
        .flatMap(Statement::keyNames)
        .filter(name -> !given.test(name.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
  }

  private List<Policy> everything() {
    return Stream.concat(question.grants().policies(), question.resourcePolicies().stream())
        .toList();
  }

  /** A statement that applies, by its Sid or {@code #index}, counted from 0. */
  public record Match(Policy policy, String statement, Span place) {
    /** All statements of one effect that apply. */
    static Stream<Match> of(Question question, List<Policy> policies, boolean deny) {
      String action = ActionSet.fold(question.action());
      return policies.stream()
          .flatMap(
              policy ->
                  policy.about(action, question.keys().effort()).stream()
                      .filter(statement -> statement.deny() == deny && statement.applies(question))
                      .map(found -> new Match(policy, found.label(), found.text().place())));
    }
  }
}
