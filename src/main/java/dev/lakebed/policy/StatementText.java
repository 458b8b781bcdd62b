package dev.lakebed.policy;

import java.util.List;

/**
 * A statement as its author wrote it.
 *
 * @param actions values of Action or NotAction
 * @param resources values of Resource or NotResource; none in a trust policy
 */
record StatementText(List<String> actions, List<String> resources, Span place) {
  StatementText {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
  }
}
