package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.crash.History.Work;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  @Test
  void a_read_may_see_either_side_of_a_write_that_is_under_way() {
    history.add(Work.wrote("a"), 0, 1);
    history.add(Work.wrote("b"), 2, 9);
    history.add(Work.saw("b"), 3, 4);
    history.add(Work.saw("b"), 5, 6);
    assertThat(history.isLinearisable()).isTrue();
  }

  @Test
  void nothing_older_is_seen_after_something_newer() {
    history.add(Work.wrote("a"), 0, 1);
    history.add(Work.wrote("b"), 2, 9);
    history.add(Work.saw("b"), 3, 4);
    history.add(Work.saw("a"), 5, 6);
    assertThat(history.isLinearisable()).isFalse();
  }

  @Test
  void an_answered_write_is_seen() {
    history.add(Work.wrote("a"), 0, 1);
    history.add(Work.saw(History.ABSENT), 2, 3);
    assertThat(history.isLinearisable()).isFalse();
  }

  @Test
  void of_two_conditional_writes_at_once_one_wins() {
    history.add(Work.wrote("a"), 0, 1);
    history.add(Work.replaced("a", "b"), 2, 5);
    history.add(Work.replaced("a", "c"), 3, 6);
    assertThat(history.isLinearisable()).isFalse();
  }

  @Test
  void a_write_without_an_answer_happens_once_or_never() {
    history.add(Work.wrote("a"), 0, 1);
    history.unanswered(Work.wrote("b"), 2);
    history.add(Work.saw("a"), 3, 4);
    assertThat(history.isLinearisable()).isTrue();
    history.add(Work.saw("b"), 5, 6);
    assertThat(history.isLinearisable()).isTrue();
    history.add(Work.saw("a"), 7, 8);
    assertThat(history.isLinearisable()).isFalse();
  }
}
