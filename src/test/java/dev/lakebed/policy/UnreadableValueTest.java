package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of values that cannot be read: such a value fulfils every condition of a Deny and none of
 * an Allow, whatever the operator, its quantifier and IfExists.
 */
@Evidence("attack-38")
final class UnreadableValueTest {
  private static final String ARN = "arn:aws:s3:::b/k";

  /** By type: values of a policy, a readable value of a request, unreadable ones. */
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "Numeric", List.of("10", "7", "ten", "", "1e3", "0x0A", "10 ", "\u0661"),
          "Date", List.of("2026-01-01", "2025-01-01", "yesterday", "2026-02-30", "", "1e9"),
          "Bool", List.of("true", "false", "maybe", "1", ""),
          "Binary", List.of("QmFyZQ==", "QmFy", "***", "Q"),
          "IpAddress",
              List.of(
                  "10.0.0.0/8",
                  "192.0.2.1",
                  "unknown",
                  "10.1.1.1%eth0",
                  "fe80::1%",
                  "10.1",
                  "0:".repeat(65)),
          "Arn", List.of("arn:aws:s3:::b", "arn:aws:s3:::c", "not-an-arn", "arn:aws:s3", ""));

  record Case(String operator, String policy, String unreadable) {}

  static Stream<Case> cases() {
    return Arrays.stream(Operator.values())
        .map(UnreadableValueTest::word)
        .filter(word -> !word.startsWith("String"))
        .flatMap(
            word ->
                Stream.of("", "ForAllValues:", "ForAnyValue:")
                    .flatMap(set -> Stream.of(set + word, set + word + "IfExists"))
                    .flatMap(
                        operator -> {
                          List<String> type = TYPES.get(type(word));
                          return type.stream()
                              .skip(2)
                              .map(value -> new Case(operator, type.getFirst(), value));
                        }));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_unreadable_value_never_allows_and_always_denies(Case each) {
    assertThat(decided("Allow", each.operator(), each.policy(), List.of(each.unreadable())))
        .isFalse();
    assertThat(decided("Deny", each.operator(), each.policy(), List.of(each.unreadable())))
        .isFalse();
  }

  /** What is certain stays so: other values can settle a quantified condition. */
  @ParameterizedTest
  @CsvSource({
    // operator, values of the request, the Allow applies, the Deny applies
    "NumericEquals,            10;ten, true,  true",
    "NumericEquals,            7;ten,  false, true",
    "NumericNotEquals,         7;ten,  false, true",
    "NumericNotEquals,         10;ten, false, false",
    "ForAllValues:NumericEquals,    10;ten, false, true",
    "ForAllValues:NumericEquals,    7;ten,  false, false",
    "ForAllValues:NumericNotEquals, 7;ten,  false, true",
    "ForAllValues:NumericNotEquals, 10;ten, false, false",
    "ForAnyValue:NumericEquals,     10;ten, true,  true",
    "ForAnyValue:NumericEquals,     7;ten,  false, true",
    "ForAnyValue:NumericNotEquals,  7;ten,  true,  true",
    "ForAnyValue:NumericNotEquals,  10;ten, false, true"
  })
  void beside_readable_values(String operator, String values, boolean allows, boolean denies) {
    List<String> request = List.of(values.split(";", -1));
    assertThat(decided("Allow", operator, "10", request)).isEqualTo(allows);
    assertThat(decided("Deny", operator, "10", request)).isEqualTo(!denies);
  }

  /** Null asks whether the key is there, which it is. */
  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void null_reads_no_value(String absent, boolean applies) {
    assertThat(decided("Allow", "Null", absent, List.of("ten"))).isEqualTo(applies);
    assertThat(decided("Deny", "Null", absent, List.of("ten"))).isEqualTo(!applies);
  }

  record Condition(String effect, String operator, List<String> policy, List<String> request) {}

  @Provide
  Arbitrary<Condition> conditions() {
    return Arbitraries.of(Operator.values())
        .map(UnreadableValueTest::word)
        .filter(word -> !word.startsWith("String"))
        .flatMap(
            word -> {
              List<String> type = TYPES.get(type(word));
              return Combinators.combine(
                      Arbitraries.of("Allow", "Deny"),
                      Arbitraries.of("", "ForAllValues:", "ForAnyValue:"),
                      Arbitraries.of("", "IfExists"),
                      Arbitraries.of(type.subList(0, 2)).list().ofMinSize(1).ofMaxSize(2),
                      Arbitraries.of(type).list().ofMaxSize(3))
                  .as(
                      (effect, set, ifExists, policy, request) ->
                          new Condition(effect, set + word + ifExists, policy, request));
            });
  }

  @Property
  void any_mixture_is_decided_as_the_reference_does(@ForAll("conditions") Condition each) {
    boolean allow = each.effect().equals("Allow");
    boolean holds =
        new ReferenceCondition(each.operator(), each.policy(), allow, true)
            .holds("x:key", Map.of("x:key", each.request()));
    assertThat(
            decided(
                each.effect(), each.operator(), String.join(";", each.policy()), each.request()))
        .isEqualTo(allow == holds);
  }

  /** The condition on a statement that alone allows, or beside one that allows everything. */
  private static boolean decided(
      String effect, String operator, String policyValues, List<String> request) {
    String values =
        Arrays.stream(policyValues.split(";", -1))
            .map(value -> "'" + value + "'")
            .toList()
            .toString();
    String statement =
        "{'Effect':'%s','Action':'*','Resource':'*','Condition':{'%s':{'x:key':%s}}}"
            .formatted(effect, operator, values);
    Asking asking =
        effect.equals("Allow")
            ? Asking.user().identity(Asking.policy(statement))
            : Asking.user().identity(Asking.FULL_ACCESS, Asking.policy(statement));
    return asking.with("x:key", request.toArray(String[]::new)).may("s3:GetObject", ARN);
  }

  private static String type(String word) {
    return TYPES.keySet().stream()
        .filter(type -> word.replace("Not", "").startsWith(type))
        .findFirst()
        .orElseThrow();
  }

  private static String word(Operator operator) {
    StringBuilder word = new StringBuilder();
    for (String part : operator.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return word.toString();
  }
}
