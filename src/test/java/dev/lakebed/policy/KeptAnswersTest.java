package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final String LONG = "a".repeat(KeptAnswers.LONG);

  private final KeptAnswers answers = new KeptAnswers();
  private final List<String> found = new ArrayList<>();

  private boolean ask(Object question, String value) {
    return answers
        .over(Keys.NONE)
        .answer(
            question,
            value,
            () -> {
              found.add(value);
              return value.endsWith("b");
            });
  }

  @Test
  void what_was_found_out_about_a_long_value_is_not_found_out_again() {
    Object question = new Object();
    for (int i = 0; i < 3; i++) {
      assertThat(ask(question, LONG)).isFalse();
      assertThat(ask(question, LONG + "b")).isTrue();
    }
    assertThat(found).containsExactly(LONG, LONG + "b");
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
