package dev.lakebed.policy;

import dev.lakebed.policy.ValueTest.AddressTest;
import dev.lakebed.policy.ValueTest.TextTest;
import dev.lakebed.policy.ValueTest.TypedTest;
import dev.lakebed.policy.ValueType.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The comparing condition operators.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">AWS</a>
 */
enum Operator {
  STRING_EQUALS("StringEquals", false, text(MatchStyle.EXACT)),
  STRING_NOT_EQUALS("StringNotEquals", true, text(MatchStyle.EXACT)),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, text(MatchStyle.IGNORE_CASE)),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, text(MatchStyle.IGNORE_CASE)),
  STRING_LIKE("StringLike", false, text(MatchStyle.GLOB)),
  STRING_NOT_LIKE("StringNotLike", true, text(MatchStyle.GLOB)),
  NUMERIC_EQUALS("NumericEquals", false, number(Relation.EQUAL)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", true, number(Relation.EQUAL)),
  NUMERIC_LESS_THAN("NumericLessThan", false, number(Relation.LESS)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, number(Relation.LESS_OR_EQUAL)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", false, number(Relation.GREATER)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, number(Relation.GREATER_OR_EQUAL)),
  DATE_EQUALS("DateEquals", false, date(Relation.EQUAL)),
  DATE_NOT_EQUALS("DateNotEquals", true, date(Relation.EQUAL)),
  DATE_LESS_THAN("DateLessThan", false, date(Relation.LESS)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, date(Relation.LESS_OR_EQUAL)),
  DATE_GREATER_THAN("DateGreaterThan", false, date(Relation.GREATER)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, date(Relation.GREATER_OR_EQUAL)),
  BOOL("Bool", false, typed(Relation.EQUAL, Values::bool, "true or false")),
  BINARY_EQUALS("BinaryEquals", false, typed(Relation.EQUAL, Values::binary, "Base64")),
  IP_ADDRESS("IpAddress", false, (texts, setting) -> AddressTest.compile(texts)),
  NOT_IP_ADDRESS("NotIpAddress", true, (texts, setting) -> AddressTest.compile(texts)),
  ARN_EQUALS("ArnEquals", false, text(MatchStyle.ARN)),
  ARN_LIKE("ArnLike", false, text(MatchStyle.ARN)),
  ARN_NOT_EQUALS("ArnNotEquals", true, text(MatchStyle.ARN)),
  ARN_NOT_LIKE("ArnNotLike", true, text(MatchStyle.ARN));

  private static final Map<String, Operator> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(o -> o.word, o -> o));

  private final String word;
  private final boolean negated;

  // Lambdas without state; the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Compiler compiler;

  Operator(String word, boolean negated, Compiler compiler) {
    this.word = word;
    this.negated = negated;
    this.compiler = compiler;
  }

  static Optional<Operator> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  boolean negated() {
    return negated;
  }

  ValueTest compile(List<Node.Text> values, boolean variables, boolean deny) {
    return compiler.compile(values, new Setting(variables, negated, deny));
  }

  /** What the meaning of a value depends on. */
  record Setting(boolean variables, boolean negated, boolean deny) {}

  @FunctionalInterface
  private interface Compiler {
    ValueTest compile(List<Node.Text> values, Setting setting);
  }

  private static Compiler text(MatchStyle style) {
    return (values, setting) -> TextTest.compile(values, style, setting);
  }

  private static Compiler number(Relation relation) {
    return typed(relation, Values::number, "a number");
  }

  private static Compiler date(Relation relation) {
    return typed(relation, Values::date, "an ISO 8601 date or epoch seconds");
  }

  private static <T extends Comparable<T>> Compiler typed(
      Relation relation, Function<String, Optional<T>> reader, String type) {
    return (values, setting) -> TypedTest.compile(values, relation, reader, type);
  }

  enum Relation {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(int sign) {
      return switch (this) {
        case EQUAL -> sign == 0;
        case LESS -> sign < 0;
        case LESS_OR_EQUAL -> sign <= 0;
        case GREATER -> sign > 0;
        case GREATER_OR_EQUAL -> sign >= 0;
      };
    }
  }
}
