package dev.lakebed.policy;

import dev.lakebed.policy.Condition.Quantifier;
import dev.lakebed.policy.Operator.Relation;
import dev.lakebed.policy.ValueTest.Outcome;
import dev.lakebed.policy.ValueTest.TypedTest;
import dev.lakebed.policy.ValueType.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compiles the Condition element. */
final class ConditionParser {
  private static final String IF_EXISTS = "IfExists";
  private static final String NULL = "Null";

  private static final String SOURCE_IP = "aws:sourceip";
  private static final Set<String> KEYS =
      Set.of(
          """
          aws:principalarn aws:principalaccount aws:principalorgid aws:principalorgpaths
          aws:sourcearn aws:sourcevpc aws:sourcevpce aws:sourceowner aws:sourceaccount
          aws:userid s3:dataaccesspointarn s3:dataaccesspointaccount\
          """
              .split("\\s+"));
  private static final int WIDEST_IPV4 = 8;
  private static final int WIDEST_IPV6 = 32;
  private static final int IPV4_BITS = 32;

  private final boolean variables;
  private final boolean deny;
  private final List<Condition> conditions = new ArrayList<>();

  private ConditionParser(boolean variables, boolean deny) {
    this.variables = variables;
    this.deny = deny;
  }

  static List<Condition> parse(Node node, boolean variables, boolean deny) {
    ConditionParser parser = new ConditionParser(variables, deny);
    node.members("Condition").forEach(parser::operator);
    return List.copyOf(parser.conditions);
  }

  private void operator(Node.Member operator) {
    Set<String> keys = new HashSet<>();
    for (Node.Member entry : operator.value().members(operator.name())) {
      String key = entry.name().toLowerCase(Locale.ROOT);
      if (key.indexOf(':') < 1 || key.endsWith(":")) {
        throw entry.at().error("malformed condition key " + Node.quoted(entry.name()));
      }
      if (!keys.add(key)) {
        throw entry.at().error("duplicate condition key " + Node.quoted(entry.name()));
      }
      conditions.add(condition(operator, entry, key));
    }
  }

  private Condition condition(Node.Member member, Node.Member entry, String key) {
    String word = member.name();
    String description = word + " " + entry.name();
    List<Node.Text> values = entry.value().scalars("a condition value");
    Quantifier quantifier = Quantifier.of(word);
    String bare = word.substring(quantifier.prefix().length());
    if (bare.equals(NULL)) {
      var absence = TypedTest.compile(values, Relation.EQUAL, Values::bool, "true or false");
      return new Condition.Existence(
          description, key, absence.values().contains(true), absence.values().contains(false));
    }
    boolean ifExists = bare.endsWith(IF_EXISTS);
    String name = ifExists ? bare.substring(0, bare.length() - IF_EXISTS.length()) : bare;
    Operator operator =
        Operator.of(name)
            .orElseThrow(
                () -> member.at().error("unknown condition operator " + Node.quoted(word)));
    boolean absent =
        ifExists
            || quantifier == Quantifier.ALL
            || (quantifier == Quantifier.SINGLE && operator.negated());
    ValueTest test = operator.compile(values, variables, deny);
    return new Condition.Comparison(
        description,
        key,
        quantifier,
        operator.negated(),
        deny,
        absent,
        !absent && confines(operator, key, values, test),
        test);
  }

  /**
   * Which conditions confine a grant to everyone to a fixed circle, so that it is not public: those
   * that no request without credentials fulfils, wherever it comes from. What anybody can write
   * into a header confines nobody, so a key of KMS does not count, other than on AWS, where it
   * takes credentials to use one.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status">AWS</a>
   */
  private static boolean confines(
      Operator operator, String key, List<Node.Text> values, ValueTest test) {
    return switch (operator) {
      case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_LIKE, ARN_EQUALS, ARN_LIKE ->
          KEYS.contains(key)
              && values.stream().allMatch(ConditionParser::isFixed)
              && Keys.ANONYMOUS.values(key).stream()
                  .noneMatch(value -> test.test(value, Keys.ANONYMOUS) == Outcome.MATCH);
      case IP_ADDRESS ->
          key.equals(SOURCE_IP) && values.stream().allMatch(ConditionParser::isNarrow);
      default -> false;
    };
  }

  private static boolean isFixed(Node.Text value) {
    String text = value.value();
    return text.indexOf('*') < 0 && text.indexOf('?') < 0 && !text.contains("${");
  }

  private static boolean isNarrow(Node.Text value) {
    return AddressRange.of(value.value())
        .map(range -> range.prefix() >= (range.bits() == IPV4_BITS ? WIDEST_IPV4 : WIDEST_IPV6))
        .orElse(false);
  }
}
