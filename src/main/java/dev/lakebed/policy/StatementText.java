package dev.lakebed.policy;

import java.util.List;

/**
 * A statement as its author wrote it.
 *
 * @param actions values of Action or NotAction
 */
record StatementText(List<String> actions, Span place) {
  StatementText {
    actions = List.copyOf(actions);
  }
}
