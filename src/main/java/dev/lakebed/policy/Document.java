package dev.lakebed.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.Node.Elements;
import dev.lakebed.policy.StatementParser.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A compiled policy document. Which of its statements are about an action does not depend on the
 *
 * <p>request, so it is worked out once and kept, for a bounded number of actions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">AWS</a>
 */
final class Document {
  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
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
   * The statements whose Action or NotAction selects an action, in their order. {@code action} is
   * {@linkplain ActionSet#fold folded}.
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

  /** Equal documents are compiled once. Bounded by what they take of the heap. */
  static final class DocumentCache {
    /**
     * With the text itself. Many short patterns take most: measured, a policy of 20,000 characters
     * up to 0.45 MB.
     */
    private static final int BYTES_PER_CHARACTER = 22;

    private static final int PART_OF_HEAP = 16;
    private static final int SMALLEST = 100;

    private final Cache<Text, Document> cache =
        Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_PER_CHARACTER)
            .weigher((Text key, Document value) -> SMALLEST + key.json().length())
            .executor(Runnable::run)
            .build();

    Document get(String json, Policy.Kind kind) {
      return cache.get(new Text(json, kind), key -> parse(key.json(), key.kind()));
    }

    /** Comparable, so that texts whose hashes are made equal on purpose are found fast too. */
    private record Text(String json, Policy.Kind kind) implements Comparable<Text> {
      @Override
      public int compareTo(Text other) {
        int order = json.compareTo(other.json);
        return order != 0 ? order : kind.compareTo(other.kind);
      }
    }
  }

  private static Document parse(String json, Policy.Kind kind) {
    Elements elements = Elements.of(Node.NodeReader.read(json), "policy", ELEMENTS);
    elements.get("Id").ifPresent(id -> id.string("Id"));
    boolean variables = elements.get("Version").map(Document::isCurrent).orElse(false);
    Node statement = elements.require("Statement");
    List<Node> nodes = statement instanceof Node.Items items ? items.values() : List.of(statement);
    if (nodes.isEmpty()) {
      throw statement.error("Statement must not be empty");
    }
    return new Document(
        statements(nodes, new Dialect(kind, variables)),
        nodes.stream().flatMap(Document::resources).toList());
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
        throw each.error("duplicate Sid " + Node.quoted(statement.label()));
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
