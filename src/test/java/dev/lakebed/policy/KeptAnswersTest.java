package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Keys.AnswerCache;
import dev.lakebed.policy.Keys.Effort;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final String LONG = "a".repeat(64);

  private final AnswerCache answers = new AnswerCache(Effort.FREE);
  private final List<String> found = new ArrayList<>();

  private boolean ask(Object question, String value) {
    return ask(question, value, AnswerCache.MANY);
  }

  private boolean ask(Object question, String value, int steps) {
    Keys keys = answers.over(Keys.NONE);
    return keys.answer(
        question,
        value,
        () -> {
          found.add(value);
          keys.effort().spend(steps);
          return value.endsWith("b");
        });
  }

  @Test
  void what_took_many_steps_is_not_found_out_again() {
    Object question = new Object();
    for (int i = 0; i < 3; i++) {
      assertThat(ask(question, LONG)).isFalse();
      assertThat(ask(question, LONG + "b")).isTrue();
    }
    assertThat(found).containsExactly(LONG, LONG + "b");
  }

  @Test
  void what_took_few_steps_is_not_kept() {
    Object question = new Object();
    ask(question, LONG, AnswerCache.MANY - 1);
    ask(question, LONG, AnswerCache.MANY - 1);
    assertThat(found).hasSize(2);
  }

  @Test
  void steps_are_told_to_whoever_counts_them() {
    long[] steps = {0};
    Keys keys = new AnswerCache(more -> steps[0] += more).over(Keys.NONE);
    keys.effort().spend(3);
    keys.effort().spend(4);
    assertThat(steps[0]).isEqualTo(7);
  }

  @Test
  void another_question_about_the_same_value_is_another() {
    ask(new Object(), LONG);
    ask(new Object(), LONG);
    assertThat(found).hasSize(2);
  }

  @Test
  void no_more_is_kept_than_a_bound_and_the_answers_stay_right() {
    Object question = new Object();
    for (int i = 0; i < 1000; i++) {
      assertThat(ask(question, LONG + i + (i % 2 == 0 ? "b" : ""))).isEqualTo(i % 2 == 0);
    }
    found.clear();
    assertThat(ask(question, LONG + 999)).isFalse();
    assertThat(found).as("found out anew").hasSize(1);
  }
}
