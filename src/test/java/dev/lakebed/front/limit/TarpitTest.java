package dev.lakebed.front.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who waits after refusals, and whose turn it is. */
class TarpitTest {
  private static final String NETWORK = "192.0.2.1";
  private static final int FREE = 20;

  private final AtomicLong nanos = new AtomicLong();
  private final Tarpit tarpit = new Tarpit(nanos::get);
  private final List<String> wentOn = new ArrayList<>();

  private record Client(String name, boolean hasLeft, List<String> wentOn)
      implements Tarpit.Waiting {
    @Override
    public void goOn() {
      wentOn.add(name);
    }
  }

  private void refused(String network, int times) {
    for (int i = 0; i < times; i++) {
      tarpit.refused(network);
    }
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void await(String line, String name) {
    tarpit.await(line, new Client(name, false, wentOn));
  }

  @Test
  void some_refusals_cost_nothing_and_more_let_the_network_wait_for_a_minute() {
    refused(NETWORK, FREE);
    assertThat(tarpit.mustWait(NETWORK)).isFalse();
    refused(NETWORK, 1);
    assertThat(tarpit.mustWait(NETWORK)).isTrue();
    assertThat(tarpit.mustWait("192.0.2.2")).isFalse();
    pass(59);
    assertThat(tarpit.mustWait(NETWORK)).isTrue();
    pass(1);
    assertThat(tarpit.mustWait(NETWORK)).isFalse();
  }

  @Test
  void one_refusal_in_five_seconds_costs_nothing_for_ever() {
    for (int i = 0; i < 1000; i++) {
      refused(NETWORK, 1);
      pass(5);
      assertThat(tarpit.mustWait(NETWORK)).isFalse();
    }
  }

  @Test
  void who_is_served_as_often_as_refused_does_not_wait() {
    for (int i = 0; i < 1000; i++) {
      refused(NETWORK, 1);
      tarpit.served(NETWORK);
    }
    assertThat(tarpit.mustWait(NETWORK)).isFalse();
    for (int i = 0; i < 1000; i++) {
      tarpit.served(NETWORK);
    }
    refused(NETWORK, FREE + 1);
    assertThat(tarpit.mustWait(NETWORK)).as("no more is kept than at first").isTrue();
  }

  @Test
  void a_key_that_was_verified_from_the_network_does_not_wait_and_no_other_does_for_it() {
    tarpit.verified(NETWORK, "BEFORE");
    refused(NETWORK, FREE + 1);
    tarpit.verified(NETWORK, "KEY");
    assertThat(tarpit.mustWait(NETWORK, Optional.of("KEY"))).isFalse();
    assertThat(tarpit.mustWait(NETWORK, Optional.of("OTHER"))).isTrue();
    assertThat(tarpit.mustWait(NETWORK, Optional.empty())).isTrue();
    refused("192.0.2.2", FREE + 1);
    assertThat(tarpit.mustWait("192.0.2.2", Optional.of("KEY"))).isTrue();
  }

  @Test
  void who_stands_for_many_clients_never_waits() {
    refused(Shares.NOBODY, 2 * FREE);
    assertThat(tarpit.mustWait(Shares.NOBODY)).isFalse();
  }

  @Test
  void every_line_has_its_turn_however_many_stand_in_another() {
    await("a", "a1");
    await("a", "a2");
    await("a", "a3");
    await("b", "b1");
    tarpit.release(3);
    assertThat(wentOn).containsExactly("a1", "b1", "a2");
    await("c", "c1");
    tarpit.release(1);
    tarpit.release(1);
    tarpit.release(1);
    assertThat(wentOn).containsExactly("a1", "b1", "a2", "a3", "c1");
  }

  @Test
  void who_has_left_takes_nobodys_turn() {
    tarpit.await("a", new Client("gone", true, wentOn));
    await("b", "b1");
    await("b", "b2");
    assertThat(tarpit.release(1)).isOne();
    assertThat(wentOn).containsExactly("gone", "b1");
    assertThat(tarpit.release(5)).isOne();
    assertThat(tarpit.release(5)).isZero();
  }

  @Test
  void so_many_networks_are_remembered_and_no_more() {
    for (int i = 0; i < 5000; i++) {
      refused("n" + i, 1);
    }
    refused("n0", FREE);
    assertThat(tarpit.mustWait("n0")).as("forgotten, so all are free again").isFalse();
    refused("n4999", FREE);
    assertThat(tarpit.mustWait("n4999")).isTrue();
  }
}
