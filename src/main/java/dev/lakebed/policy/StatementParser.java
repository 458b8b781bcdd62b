package dev.lakebed.policy;

import dev.lakebed.policy.Node.Elements;
import dev.lakebed.policy.PrincipalSet.PrincipalParser;
import dev.lakebed.policy.Statement.StatementText;
import java.util.List;
import java.util.Set;

/** Compiles one statement and refuses elements that its kind of document must not have. */
final class StatementParser {
  private static final Set<String> ELEMENTS =
      Set.of(
          """
          Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition\
          """
              .split("\\s+"));
  private static final int MAX_SID = 256;

  private final Elements elements;
  private final Dialect dialect;
  private final boolean deny;

  private StatementParser(Elements elements, Dialect dialect) {
    this.elements = elements;
    this.dialect = dialect;
    this.deny = isDeny(elements.require("Effect").string("Effect"));
  }

  static Statement parse(Node node, int index, Dialect dialect) {
    Elements elements = Elements.of(node, "statement", ELEMENTS);
    return new StatementParser(elements, dialect).parse(index);
  }

  private Statement parse(int index) {
    Node.Member actions = elements.either("Action", "NotAction");
    return new Statement(
        elements
            .get("Sid")
            .map(StatementParser::sid)
            .filter(sid -> !sid.isEmpty())
            .orElse("#" + index),
        deny,
        principals(),
        ActionSet.of(actions),
        resources(),
        elements
            .get("Condition")
            .map(node -> ConditionParser.parse(node, dialect.variables(), deny))
            .orElse(List.of()),
        new StatementText(
            texts(actions),
            dialect.namesResources() ? texts(resourceElement()) : List.of(),
            elements.place()));
  }

  private static List<String> texts(Node.Member element) {
    return element.value().strings(element.name()).stream().map(Node.Text::value).toList();
  }

  private Node.Member resourceElement() {
    return elements.either("Resource", "NotResource");
  }

  private static boolean isDeny(Node.Text effect) {
    return switch (effect.value()) {
      case "Allow" -> false;
      case "Deny" -> true;
      default -> throw effect.error("Effect must be Allow or Deny");
    };
  }

  private static String sid(Node node) {
    Node.Text sid = node.string("Sid");
    if (sid.value().length() > MAX_SID || sid.value().chars().anyMatch(Character::isISOControl)) {
      throw sid.error("malformed Sid");
    }
    return sid.value();
  }

  private PrincipalSet principals() {
    if (!dialect.namesPrincipals()) {
      String reason = "a policy that belongs to a principal must not name principals";
      elements.forbid("Principal", reason);
      elements.forbid("NotPrincipal", reason);
      return PrincipalSet.OWNER;
    }
    if (dialect.kind() == Policy.Kind.TRUST) {
      elements.forbid("NotPrincipal", "a trust policy must not have NotPrincipal");
    }
    if (!deny) {
      elements.forbid("NotPrincipal", "NotPrincipal needs Effect Deny");
    }
    return PrincipalParser.parse(elements.either("Principal", "NotPrincipal"));
  }

  private Selector resources() {
    if (!dialect.namesResources()) {
      String reason = "a trust policy must not name resources";
      elements.forbid("Resource", reason);
      elements.forbid("NotResource", reason);
      return Selector.ALL;
    }
    return Selector.resources(resourceElement(), deny, dialect.variables());
  }

  /** What a document's kind and version change in the meaning of its statements. */
  record Dialect(Policy.Kind kind, boolean variables) {
    boolean namesPrincipals() {
      return kind == Policy.Kind.RESOURCE || kind == Policy.Kind.TRUST;
    }

    boolean namesResources() {
      return kind != Policy.Kind.TRUST;
    }
  }
}
