package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    Node statement = elements.require("Statement");
    List<Node> nodes = statement instanceof Node.Items items ? items.values() : List.of(statement);
    if (nodes.isEmpty()) {
      throw statement.error("Statement must not be empty");
    }
    return new Document(
        statements(nodes, new Dialect(kind, variables)),
        nodes.stream().flatMap(DocumentParser::resources).toList());
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

  private static List<Statement> statements(List<Node> nodes, Dialect dialect) {
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

  private static Stream<String> resources(Node statement) {
    return statement.members("statement").stream()
        .filter(member -> member.name().endsWith("Resource"))
        .flatMap(member -> member.value().strings(member.name()).stream())
        .map(Node.Text::value);
  }
}
