package dev.lakebed.sts.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The count of guesses, as docs/security.md promises it. */
class LoginLimitTest {
  private final LoginLimit limit =
      new LoginLimit(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), LoginLimit.PER_ADDRESS);

  private void fail(String address, String user) {
    limit.begin(address, user).orElseThrow().end(true);
  }

  /** One client of IPv6 has 2^64 addresses. */
  @Test
  @Evidence("attack-28")
  void addresses_of_one_network_are_one_source() {
    for (int i = 0; i < LoginLimit.PER_ADDRESS; i++) {
      fail("2001:db8:0:1::" + Integer.toHexString(i), "u" + i);
    }
    assertThat(limit.begin("2001:db8:0:1:ffff::1", "other")).isEmpty();
    assertThat(limit.begin("2001:db8:0:2::1", "other")).isPresent();
    assertThat(limit.begin("::ffff:192.0.2.1", "other")).isPresent();
  }

  @Test
  void success_is_not_counted() {
    for (int i = 0; i < 100; i++) {
      limit.begin("192.0.2.1", "alice").orElseThrow().end(false);
    }
    assertThat(limit.begin("192.0.2.1", "alice")).isPresent();
  }

  /** Many engines log the same user in at the same time. */
  @Test
  void an_attempt_waits_for_those_under_way_and_goes_on_when_they_succeed() throws Exception {
    LoginLimit.Attempt first = limit.begin("192.0.2.1", "alice").orElseThrow();
    for (int i = 1; i < LoginLimit.PER_USER; i++) {
      assertThat(limit.begin("192.0.2.1", "alice")).isPresent();
    }
    CompletableFuture<Optional<LoginLimit.Attempt>> next =
        CompletableFuture.supplyAsync(() -> limit.begin("192.0.2.1", "alice"));
    first.end(false);
    assertThat(next.get(60, TimeUnit.SECONDS)).isPresent();
  }

  /** Who waits holds a thread that other requests need. */
  @Test
  void no_more_than_32_attempts_wait() throws Exception {
    List<LoginLimit.Attempt> running = new ArrayList<>();
    for (int i = 0; i < LoginLimit.PER_USER; i++) {
      running.add(limit.begin("192.0.2.1", "alice").orElseThrow());
    }
    BlockingQueue<Boolean> admitted = new LinkedBlockingQueue<>();
    for (int i = 0; i < 33; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                Optional<LoginLimit.Attempt> attempt = limit.begin("192.0.2.1", "alice");
                attempt.ifPresent(one -> one.end(false));
                admitted.add(attempt.isPresent());
              });
    }
    assertThat(admitted.poll(60, TimeUnit.SECONDS)).isFalse();
    running.forEach(attempt -> attempt.end(false));
    for (int i = 0; i < 32; i++) {
      assertThat(admitted.poll(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
