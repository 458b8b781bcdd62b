package dev.lakebed.policy;

import java.util.List;
import java.util.Optional;

/**
 * A compiled statement.
 *
 * @param label Sid, or {@code #index} counted from 0
 * @param deny effect
 */
record Statement(
    String label,
    boolean deny,
    PrincipalSet principals,
    ActionSet actions,
    Selector resources,
    List<Condition> conditions) {
  Statement {
    conditions = List.copyOf(conditions);
  }

  /** Whether the resource matches. */
  boolean covers(Question question) {
    return resources.selects(question.resource(), question.keys());
  }

  /** Whether it grants something to everyone, not confined to a fixed circle. */
  boolean isPublic() {
    return !deny && principals.everyone() && conditions.stream().noneMatch(Condition::confines);
  }

  /** The first condition that does not hold. */
  Optional<Condition> failing(Keys keys) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(keys)) {
        return Optional.of(conditions.get(i));
      }
    }
    return Optional.empty();
  }
}
