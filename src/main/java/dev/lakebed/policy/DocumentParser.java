package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compiles a whole document.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar
 *     of the IAM policy language</a>
 */
final class DocumentParser {
  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");

  private DocumentParser() {}

  static Document parse(String json, Policy.Kind kind) {
    Elements elements = Elements.of(NodeReader.read(json), "policy", ELEMENTS);
    elements.get("Id").ifPresent(id -> id.string("Id"));
    boolean variables = elements.get("Version").map(DocumentParser::isCurrent).orElse(false);
    return new Document(statements(elements.require("Statement"), new Dialect(kind, variables)));
  }

  /** Without a version a document is of the older one, which knows no variables. */
  private static boolean isCurrent(Node node) {
    Node.Text version = node.string("Version");
    return switch (version.value()) {
      case "2012-10-17" -> true;
      case "2008-10-17" -> false;
      default -> throw version.error("Version must be 2012-10-17 or 2008-10-17");
    };
  }

  private static List<Statement> statements(Node node, Dialect dialect) {
    List<Node> nodes = node instanceof Node.Items items ? items.values() : List.of(node);
    if (nodes.isEmpty()) {
      throw node.error("Statement must not be empty");
    }
    List<Statement> statements = new ArrayList<>(nodes.size());
    Set<String> labels = new HashSet<>();
    for (Node each : nodes) {
      Statement statement = StatementParser.parse(each, statements.size(), dialect);
      if (!labels.add(statement.label())) {
        throw each.error("duplicate Sid " + Quoted.of(statement.label()));
      }
      statements.add(statement);
    }
    return statements;
  }
}
