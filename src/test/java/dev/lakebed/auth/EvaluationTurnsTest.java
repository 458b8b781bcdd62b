package dev.lakebed.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One client's policies keep nobody else from the processors, however long they take. */
@Evidence("attack-40")
class EvaluationTurnsTest {
  private static final ThreadLocal<Optional<Client>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  /** For a turn that comes: long enough for any machine. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.close();
  }

  private static EvaluationTurns turns(int turns, Duration patience) {
    return new EvaluationTurns(new ClientShare(50, CURRENT::get), turns, patience);
  }

  private <T> T as(String key, String network, Callable<T> work) throws Exception {
    return threads.submit(() -> whoever(key, network, work)).get();
  }

  private static <T> T whoever(String key, String network, Callable<T> work) throws Exception {
    CURRENT.set(Optional.of(new Client(Optional.of(network), Optional.of(key))));
    try {
      return work.call();
    } finally {
      CURRENT.remove();
    }
  }

  /** One that has a turn and keeps it. */
  private EvaluationTurns.Exertion longOne(EvaluationTurns turns, String key, String network)
      throws Exception {
    return as(key, network, () -> beyond(turns.begin()));
  }

  private static EvaluationTurns.Exertion beyond(EvaluationTurns.Exertion exertion) {
    exertion.spend(EvaluationTurns.FREE_STEPS);
    exertion.spend(1);
    return exertion;
  }

  private static void assertBusy(ThrowingCallable work) {
    assertThatThrownBy(work).isExactlyInstanceOf(ServerBusyException.class);
  }

  @Test
  void short_evaluations_need_no_turn() throws Exception {
    EvaluationTurns turns = turns(1, Duration.ZERO);
    longOne(turns, "greedy", "192.0.2.1");
    turns.begin().spend(EvaluationTurns.FREE_STEPS);
  }

  @Test
  void who_gets_no_turn_in_time_is_refused() throws Exception {
    EvaluationTurns turns = turns(1, Duration.ZERO);
    longOne(turns, "greedy", "192.0.2.1");
    assertBusy(() -> beyond(turns.begin()));
    assertThatThrownBy(() -> longOne(turns, "other", "192.0.2.2"))
        .hasCauseExactlyInstanceOf(ServerBusyException.class);
  }

  @Test
  void a_client_leaves_turns_to_others() throws Exception {
    EvaluationTurns turns = turns(2, Duration.ZERO);
    longOne(turns, "greedy", "192.0.2.1");
    assertThatThrownBy(() -> longOne(turns, "greedy", "192.0.2.2"))
        .as("the same key")
        .hasCauseExactlyInstanceOf(ServerBusyException.class);
    assertThatThrownBy(() -> longOne(turns, "another", "192.0.2.1"))
        .as("the same network")
        .hasCauseExactlyInstanceOf(ServerBusyException.class);
    assertThat(longOne(turns, "other", "192.0.2.3")).isNotNull();
  }

  @Test
  void who_rests_lets_others_have_the_turn_and_gets_it_again() throws Exception {
    EvaluationTurns turns = turns(1, Duration.ZERO);
    EvaluationTurns.Exertion first = longOne(turns, "one", "192.0.2.1");
    first.rest();
    EvaluationTurns.Exertion second = longOne(turns, "two", "192.0.2.2");
    assertBusy(() -> first.spend(1));
    second.rest();
    first.spend(1);
  }

  @Test
  void a_turn_ends_with_its_slice() throws Exception {
    EvaluationTurns turns = turns(1, LONG);
    EvaluationTurns.Exertion first = longOne(turns, "one", "192.0.2.1");
    Future<EvaluationTurns.Exertion> second =
        threads.submit(() -> whoever("two", "192.0.2.2", () -> beyond(turns.begin())));
    while (!turns.isAwaited()) {
      Thread.onSpinWait();
    }
    Future<Boolean> again =
        threads.submit(
            () ->
                whoever(
                    "one",
                    "192.0.2.1",
                    () -> {
                      first.spend(EvaluationTurns.SLICE + 1);
                      return true;
                    }));
    second.get().rest();
    assertThat(again.get()).isTrue();
  }

  @Test
  void all_requests_of_a_client_come_to_an_end() throws Exception {
    EvaluationTurns turns = turns(1, LONG);
    List<Future<Boolean>> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      requests.add(
          threads.submit(
              () ->
                  whoever(
                      "one",
                      "192.0.2.1",
                      () -> {
                        EvaluationTurns.Exertion exertion = turns.begin();
                        for (int item = 0; item < 20; item++) {
                          exertion.spend(EvaluationTurns.FREE_STEPS);
                          exertion.rest();
                        }
                        return true;
                      })));
    }
    for (Future<Boolean> request : requests) {
      assertThat(request.get()).isTrue();
    }
  }

  @Test
  void one_request_has_so_many_steps_and_no_more() {
    EvaluationTurns turns = turns(1, Duration.ZERO);
    EvaluationTurns.Exertion exertion = turns.begin();
    exertion.spend(EvaluationTurns.MOST_STEPS - 2);
    exertion.rest();
    exertion.spend(1);
    assertBusy(() -> exertion.spend(EvaluationTurns.SLICE + 1));
    assertThat(beyond(turns.begin())).as("another is not kept from its own").isNotNull();
  }

  @Test
  void what_is_left_of_a_slice_is_not_counted() {
    EvaluationTurns.Exertion exertion = turns(1, Duration.ZERO).begin();
    exertion.spend(EvaluationTurns.FREE_STEPS);
    for (long item = 0; item < 2 * EvaluationTurns.MOST_STEPS / EvaluationTurns.SLICE; item++) {
      exertion.spend(1);
      exertion.rest();
    }
    exertion.spend(1);
  }

  @Test
  void a_decision_gives_its_turn_back_also_when_it_fails() throws Exception {
    EvaluationTurns turns = turns(1, Duration.ZERO);
    KeyedCaller caller =
        new KeyedCaller(new Principal.Anonymous(Grants.NONE), Keys.NONE, turns.begin());
    assertThatThrownBy(
            () ->
                caller.evaluate(
                    Keys.NONE,
                    keys -> {
                      keys.effort().spend(2 * EvaluationTurns.FREE_STEPS);
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");
    assertThat(longOne(turns, "other", "192.0.2.2")).isNotNull();
  }
}
