package dev.lakebed.policy;

import java.util.List;

/**
 * A compiled policy document.
 *
 * @param resources the values of all Resource and NotResource elements as written
 */
record Document(List<Statement> statements, List<String> resources) {
  Document {
    statements = List.copyOf(statements);
    resources = List.copyOf(resources);
  }
}
