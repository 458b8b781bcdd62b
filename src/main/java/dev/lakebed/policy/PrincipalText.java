package dev.lakebed.policy;

import dev.lakebed.policy.Policy.Position;
import jakarta.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces principals in the text of a policy document; all else stays as it was written. */
public final class PrincipalText {
  /** Says what is to stand in place of a principal. */
  @FunctionalInterface
  public interface Replacement {
    /** The new text; the old one for no change. Types are AWS, Service and Federated. */
    String of(String type, String principal);
  }

  private static final Comparator<Named> ORDER =
      Comparator.comparing(
          named -> named.at().at(),
          Comparator.comparingInt(Position::line).thenComparingInt(Position::column));

  private final String document;
  private final StringBuilder replaced = new StringBuilder();
  private int done;
  private int line = 1;
  private int lineStart;

  private PrincipalText(String document) {
    this.document = document;
  }

  /** The document with its principals replaced. {@code "Principal": "*"} is not asked about. */
  public static String replace(String document, Replacement replacement) {
    PrincipalText text = new PrincipalText(document);
    principals(Node.NodeReader.read(document))
        .sorted(ORDER)
        .forEach(named -> text.put(named, replacement.of(named.type(), named.at().value())));
    return text.replaced.append(document, text.done, document.length()).toString();
  }

  private record Named(String type, Node.Text at) {}

  private static Stream<Named> principals(Node document) {
    return members(document, "Statement")
        .flatMap(node -> node instanceof Node.Items all ? all.values().stream() : Stream.of(node))
        .flatMap(node -> Stream.of("Principal", "NotPrincipal").flatMap(n -> members(node, n)))
        .flatMap(node -> node instanceof Node.Members all ? all.members().stream() : Stream.of())
        .flatMap(
            type ->
                type.value().strings(type.name()).stream().map(at -> new Named(type.name(), at)));
  }

  private static Stream<Node> members(Node node, String name) {
    List<Node.Member> all = node.members("policy");
    return all.stream().filter(member -> member.name().equals(name)).map(Node.Member::value);
  }

  private void put(Named named, String text) {
    if (text.equals(named.at().value())) {
      return;
    }
    int start = offset(named.at().at());
    replaced.append(document, done, start).append(Json.createValue(text));
    done = endOfString(start);
  }

  /** Places only grow. */
  private int offset(Position place) {
    while (line < place.line()) {
      lineStart = document.indexOf('\n', lineStart) + 1;
      line++;
    }
    return lineStart + place.column() - 1;
  }

  private int endOfString(int start) {
    int end = start + 1;
    while (document.charAt(end) != '"') {
      end += document.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }
}
