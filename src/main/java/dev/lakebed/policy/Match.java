package dev.lakebed.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * A statement that applies to a question.
 *
 * @param statement Sid, or {@code #index} counted from 0
 * @param place where it stands in the document of the policy
 */
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
