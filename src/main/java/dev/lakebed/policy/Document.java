package dev.lakebed.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A compiled policy document. Which of its statements are about an action does not depend on the
 * request, so it is worked out once and kept, for a bounded number of actions.
 */
final class Document {
  private static final int MOST_ACTIONS = 64;

  private final List<Statement> statements;
  private final List<String> resources;
  private final Map<String, List<Statement>> byAction = new ConcurrentHashMap<>();

  /** {@code resources} are the values of all Resource and NotResource elements as written. */
  Document(List<Statement> statements, List<String> resources) {
    this.statements = List.copyOf(statements);
    this.resources = List.copyOf(resources);
  }

  List<Statement> statements() {
    return statements;
  }

  List<String> resources() {
    return resources;
  }

  /**
   * The statements whose Action or NotAction selects an action, in their order.
   *
   * @param action {@linkplain ActionSet#fold folded}
   */
  List<Statement> about(String action, Effort effort) {
    List<Statement> known = byAction.get(action);
    if (known == null) {
      known = statements.stream().filter(one -> one.actions().selects(action, effort)).toList();
      if (byAction.size() < MOST_ACTIONS) {
        byAction.put(action, known);
      }
    }
    return known;
  }
}
