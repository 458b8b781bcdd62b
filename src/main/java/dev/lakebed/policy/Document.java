package dev.lakebed.policy;

import java.util.List;

/** A compiled policy document. */
record Document(List<Statement> statements) {
  Document {
    statements = List.copyOf(statements);
  }
}
