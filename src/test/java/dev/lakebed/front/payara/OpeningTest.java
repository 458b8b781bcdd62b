package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.front.payara.Opening.Listening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A start is ready when all listeners are open, and says so once, or that one cannot be opened. */
class OpeningTest {
  private final List<String> told = new ArrayList<>();

  private Opening opening(String... wanted) {
    return new Opening(
        Set.of(wanted),
        3,
        () -> told.add("open"),
        (closed, reason) -> told.add(closed + ": " + reason));
  }

  private static Listening open(String... names) {
    return new Listening(Set.of(names), Optional.empty());
  }

  @Test
  void ready_is_told_once_when_every_listener_is_open() {
    Opening opening = opening("http", "https");
    opening.look(open("http"));
    assertThat(told).isEmpty();
    opening.look(open("http", "https"));
    opening.look(open("http", "https"));
    assertThat(told).containsExactly("open");
  }

  @Test
  void listener_that_cannot_be_opened_is_told_with_the_reason_and_once() {
    Opening opening = opening("http", "https");
    Listening failed = new Listening(Set.of("http"), Optional.of("Address already in use"));
    opening.look(failed);
    opening.look(failed);
    assertThat(told).containsExactly("[https]: Address already in use");
  }

  @Test
  void listener_that_nobody_opens_is_told_at_last() {
    Opening opening = opening("http");
    opening.look(open());
    opening.look(open());
    assertThat(told).isEmpty();
    opening.look(open());
    assertThat(told).containsExactly("[http]: the server does not open it");
  }

  /** A server that is not ours alone has listeners that are none of our business. */
  @Test
  void where_no_listener_is_known_the_first_one_is_enough_and_failures_are_not_ours() {
    Opening opening = opening();
    Listening failed = new Listening(Set.of(), Optional.of("Address already in use"));
    for (int look = 0; look < 5; look++) {
      opening.look(failed);
    }
    opening.look(open("any"));
    assertThat(told).containsExactly("open");
  }
}
