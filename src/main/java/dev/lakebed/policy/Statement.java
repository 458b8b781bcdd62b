package dev.lakebed.policy;

import dev.lakebed.policy.Policy.Span;
import dev.lakebed.policy.PrincipalSet.Reach;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A compiled statement. {@code label} is its Sid, or {@code #index} counted from 0. */
record Statement(
    String label,
    boolean deny,
    PrincipalSet principals,
    ActionSet actions,
    Selector resources,
    List<Condition> conditions,
    StatementText text) {
  Statement {
    conditions = List.copyOf(conditions);
  }

  boolean covers(Question question) {
    return resources.selects(question.resource(), question.keys());
  }

  /** Whether everything about it matches; it must be about the action. */
  boolean applies(Question question) {
    return covers(question)
        && principals.reach(question.subject()) != Reach.NONE
        && failing(question.keys()).isEmpty();
  }

  /** Whether it would apply with some condition keys; it must be about the action. */
  boolean canApply(Question question) {
    return resources.canSelect(question.resource(), question.keys().effort())
        && principals.reach(question.subject()) != Reach.NONE;
  }

  /** Names of the condition keys that it asks for, as written. */
  Stream<String> keyNames() {
    return Stream.concat(resources.variables(), conditions.stream().flatMap(Condition::keyNames));
  }

  /** Whether it allows something of a service, by the names of its actions alone. */
  boolean grants(String service) {
    return !deny
        && (actions.negated()
            ? text.actions().stream().noneMatch(name -> ActionSet.coversAll(name, service))
            : text.actions().stream().anyMatch(name -> ActionSet.service(name).matches(service)));
  }

  /** Whether it grants something to everyone, not confined to a fixed circle. */
  boolean isPublic() {
    return !deny && principals.everyone() && conditions.stream().noneMatch(Condition::confines);
  }

  /** Whether it allows everyone, whatever the request. */
  boolean isUnconditional() {
    return !deny && principals.everyone() && conditions.isEmpty();
  }

  Optional<Condition> failing(Keys keys) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(keys)) {
        return Optional.of(conditions.get(i));
      }
    }
    return Optional.empty();
  }

  /** A statement as its author wrote it. A trust policy has no resources. */
  record StatementText(List<String> actions, List<String> resources, Span place) {
    StatementText {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
    }
  }
}
