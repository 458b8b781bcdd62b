package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.policy.Keys.AnswerCache;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.support.Evidence;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps are counted wherever who writes policy and request could make them many. */
@Evidence("attack-40")
final class EffortTest {
  private static final String LETTERS = "a".repeat(1000);
  private static final int MANY = 100;

  private long steps;
  private final AnswerCache answers = new AnswerCache(more -> steps += more);

  private static String times(String value) {
    return String.join(",", Collections.nCopies(MANY, "'" + value + "'"));
  }

  private static Policy policy(String rest) {
    return Policy.parse(
        "p", Asking.policy("{'Effect':'Allow'," + rest + "}"), Policy.Kind.IDENTITY);
  }

  private Question question(Policy policy, String action, Keys keys) {
    return new Question(
        action,
        "arn:aws:s3:::b/" + LETTERS,
        "000000000000",
        Asking.user().subject(),
        new Grants(List.of(policy), Optional.empty(), List.of(), false),
        List.of(),
        answers.over(keys));
  }

  private long decided(Policy policy, String action, Keys keys) {
    steps = 0;
    PolicyEngine.decide(question(policy, action, keys));
    return steps;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'Action':'*','Resource':[%s] | arn:aws:s3:::b/*aaab* | 1000",
        "'Action':'*','Resource':[%s] | arn:aws:s3:::b/*a?ab* | 1000",
        "'Action':'*','Resource':[%s] | arn:aws:s3:::b/*${aws:userid}b* | 1000",
        "'Action':[%s],'Resource':'*' | s3:*aaab* | 8",
        "'Action':'*','Resource':'*','Condition':{'StringLike':{'k:k':[%s]}} | *aaab* | 1000",
        "'Action':'*','Resource':'*','Condition':{'NumericEquals':{'k:k':[%s]}} | 1 | 16",
        "'Action':'*','Resource':'*','Condition':{'IpAddress':{'k:k':[%s]}} | 192.0.2.1 | 16",
      })
  void each_value_of_an_element_counts(String rest, String value, int each) {
    Keys keys = key -> List.of(key.equals("aws:userid") ? "aaa" : LETTERS);
    assertThat(decided(policy(rest.formatted(times(value))), "s3:GetObject", keys))
        .isGreaterThanOrEqualTo((long) MANY * each);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::other/*aaab*",
    "arn:aws:s3:::b/*aaab*c",
    "arn:aws:s3:::b/*aaab*${aws:username}",
  })
  void a_value_that_begins_or_ends_otherwise_is_not_searched(String value) {
    Policy policy = policy("'Action':'*','Resource':[%s]".formatted(times(value)));
    Keys keys = key -> List.of("bbb");
    assertThat(decided(policy, "s3:GetObject", keys)).isLessThan(MANY * 1900);
  }

  @Test
  void a_value_that_is_longer_than_the_text_is_not_searched() {
    Policy policy =
        policy("'Action':'*','Resource':'arn:aws:s3:::b/*%s*b*'".formatted("a".repeat(1000)));
    assertThat(decided(policy, "s3:GetObject", Keys.NONE)).isLessThan(1000);
  }

  /** Which no letter of the text, however it is chosen, is looked at more than twice for. */
  @Test
  void a_literal_costs_two_steps_a_letter() {
    Policy policy =
        policy("'Action':'*','Resource':'arn:aws:s3:::b/*%sb*'".formatted("a".repeat(500)));
    assertThat(decided(policy, "s3:GetObject", Keys.NONE)).isBetween(1000L, 2200L);
  }

  @Test
  void the_same_resource_is_compared_once_for_many_actions() {
    Policy policy = policy("'Action':'*','Resource':[%s]".formatted(times("arn:aws:s3:::b/*aab*")));
    assertThat(decided(policy, "s3:GetObject", Keys.NONE)).isGreaterThan(MANY * 1000);
    assertThat(decided(policy, "s3:PutObject", Keys.NONE)).isLessThan(1000);
  }

  @Test
  void a_simulation_counts_all_that_it_looks_for() {
    Policy policy =
        policy(
            "'Action':'*','Resource':[%s]".formatted(times("arn:aws:s3:::b/*${aws:username}aab*")));
    Question question = question(policy, "s3:GetObject", Keys.NONE);
    Evaluation evaluation = Evaluation.of(question);
    steps = 0;
    assertThat(evaluation.openKeys(key -> false)).isEmpty();
    assertThat(steps).isGreaterThan(MANY * 1000);
  }

  @Test
  void who_counts_can_end_the_evaluation() {
    Policy policy = policy("'Action':'*','Resource':[%s]".formatted(times("arn:aws:s3:::b/*aab*")));
    Keys keys =
        new AnswerCache(
                more -> {
                  throw new IllegalStateException("enough");
                })
            .over(Keys.NONE);
    Question asked = question(policy, "s3:GetObject", Keys.NONE);
    Question question =
        new Question(
            asked.action(),
            asked.resource(),
            asked.resourceAccount(),
            asked.subject(),
            asked.grants(),
            asked.resourcePolicies(),
            keys);
    assertThatThrownBy(() -> PolicyEngine.decide(question)).hasMessage("enough");
  }
}
